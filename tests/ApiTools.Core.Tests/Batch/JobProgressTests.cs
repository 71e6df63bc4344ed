using ApiTools.Batch;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Batch;

public sealed class JobProgressTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_counts_what_is_done_failed_and_paid_for()
    {
        JobProgress progress = new(_time);
        progress.Succeed(Completion(tokens: 1200));
        progress.Succeed(Completion(tokens: 34));
        progress.Succeed(Completion(tokens: 5000, fromJournal: true));
        progress.Fail();
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((3L, 1L, 1L, 1234L), (progress.Done, progress.Failed, progress.FromJournal, progress.Tokens));
        // Three were sent for in two seconds; what the journal answered is no pace.
        Assert.Equal(1.5, progress.PerSecond);
        Assert.Equal("3 done (1 from the journal), 1 failed, 1.5 a second, 1,234 tokens", progress.ToString());
    }

    [Fact]
    public void The_end_is_told_from_the_total_and_the_pace()
    {
        JobProgress progress = new(_time) { Total = 40 };
        Finish(progress, 10, TimeSpan.FromSeconds(1));
        Assert.Equal(25, progress.Percent);
        Assert.Equal(TimeSpan.FromSeconds(30), progress.Left);
    }

    [Fact]
    public void The_end_is_told_from_the_share_of_the_input_where_the_total_is_not_known()
    {
        JobProgress progress = new(_time) { Read = 0.5 };
        Finish(progress, 10, TimeSpan.FromSeconds(2));
        Assert.Equal(50, progress.Percent);
        Assert.Equal(TimeSpan.FromSeconds(20), progress.Left);
    }

    [Fact]
    public void There_is_no_telling_without_either()
    {
        JobProgress progress = new(_time);
        Finish(progress, 10, TimeSpan.FromSeconds(1));
        Assert.Null(progress.Percent);
        Assert.Null(progress.Left);
    }

    [Fact]
    public void The_pace_forgets_what_was_more_than_half_a_minute_ago()
    {
        JobProgress progress = new(_time);
        Finish(progress, 100, TimeSpan.FromSeconds(1));
        Finish(progress, 40, TimeSpan.FromSeconds(4));
        Assert.Equal(0.25, progress.PerSecond, 3);
    }

    private void Finish(JobProgress progress, int count, TimeSpan each)
    {
        for (int i = 0; i < count; i++)
        {
            _time.Advance(each);
            progress.Succeed(Completion(tokens: 1));
        }
    }

    private static ChatCompletion Completion(int tokens, bool fromJournal = false) =>
        new("id", "m", [], new ChatUsage(tokens, 0, tokens, null, null)) { FromJournal = fromJournal };
}
