using System.Globalization;
using ApiTools.Errors;
using FsCheck;
using FsCheck.Xunit;

namespace ApiTools.Core.Tests.Errors;

public sealed class RetryHintTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("20", 20.0)]
    [InlineData("1.5", 1.5)]
    [InlineData(" 7 ", 7.0)]
    [InlineData("0", 0.0)]
    [InlineData("2m59.56s", 179.56)]
    [InlineData("6m0s", 360.0)]
    [InlineData("250ms", 0.25)]
    [InlineData("1s", 1.0)]
    [InlineData("114h18m0s", 411480.0)]
    [InlineData("1d2h", 93600.0)]
    [InlineData("1h0m0.5s", 3600.5)]
    [InlineData("12.5µs", 0.001)]
    [InlineData("99999999999999999999999999999999999999", 31536000.0)]
    [InlineData("9999999d", 31536000.0)]
    public void A_length_of_time_is_read(string text, double seconds) =>
        Assert.Equal(seconds, RetryDuration.Read(text, wholeText: true)!.Value.Seconds());

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("5 apples")]
    [InlineData("1s later")]
    [InlineData("1m2")]
    [InlineData("NaN")]
    [InlineData("1e9")]
    [InlineData("0x10")]
    [InlineData(".")]
    public void What_is_no_length_of_time_is_none(string text) => Assert.Null(RetryDuration.Read(text, wholeText: true));

    [Theory]
    [InlineData("Thu, 01 Jan 2026 00:01:00 GMT", 60.0)]
    [InlineData("Thursday, 01-Jan-26 00:01:00 GMT", 60.0)]
    [InlineData("Thu Jan  1 00:01:00 2026", 60.0)]
    [InlineData("Wed, 31 Dec 2025 00:00:00 GMT", 0.0)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 31536000.0)]
    [InlineData("Thu, 99 Jan 2026 00:01:00 GMT", null)]
    [InlineData("30", 30.0)]
    public void Retry_After_is_seconds_or_a_date(string value, double? seconds) =>
        Assert.Equal(seconds, Headers(("Retry-After", value))?.Seconds());

    [Fact]
    public void A_date_is_read_by_the_clock_that_wrote_it() =>
        Assert.Equal(
            TimeSpan.FromSeconds(30), Headers(("retry-after", "Thu, 01 Jan 2026 10:00:30 GMT"), ("date", "Thu, 01 Jan 2026 10:00:00 GMT")));

    [Theory]
    [InlineData("requests", 1.0)]
    [InlineData("tokens", 2.0)]
    public void The_type_says_which_of_two_limits_was_met(string type, double seconds) =>
        Assert.Equal(
            seconds,
            RetryHint.FromHeaders(
                new AnswerHeaders([new("x-ratelimit-reset-requests", "1s"), new("x-ratelimit-reset-tokens", "2s")]), type, limitMet: true, Now)!.Value.Seconds());

    [Fact]
    public void Without_a_type_the_limit_that_is_spent_says_how_long()
    {
        Assert.Equal(
            TimeSpan.FromSeconds(2),
            Headers(("x-ratelimit-remaining-requests", "4"), ("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-requests", "24h"), ("x-ratelimit-reset-tokens", "2s")));
        Assert.Equal(
            TimeSpan.FromSeconds(9),
            Headers(("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-requests", "9s"), ("x-ratelimit-reset-tokens", "2s")));
        Assert.Null(Headers(("x-ratelimit-reset-requests", "24h"), ("x-ratelimit-reset-tokens", "2s")));
    }

    [Theory]
    [InlineData("1767225660", 60.0)]
    [InlineData("1767225660000", 60.0)]
    [InlineData("60", 60.0)]
    [InlineData("1700000000", 0.0)]
    public void A_reset_is_a_point_in_time_or_a_length_of_time(string value, double seconds) =>
        Assert.Equal(seconds, Headers(("X-RateLimit-Reset", value))!.Value.Seconds());

    [Fact]
    public void The_limits_of_every_answer_say_nothing_of_an_error_that_is_no_limit() =>
        Assert.Null(RetryHint.FromHeaders(new AnswerHeaders([new("x-ratelimit-reset", "60")]), null, limitMet: false, Now));

    [Theory]
    [InlineData("Rate limit reached. Please try again in 114h18m0s. Visit x", 411480.0)]
    [InlineData("Please try again in 20s.", 20.0)]
    [InlineData("Limit 3. Please try again in 50.597s. Visit", 50.597)]
    [InlineData("Exceeded. Please retry after 6 seconds.", 6.0)]
    [InlineData("Rate limit is exceeded. Try again in 2 seconds.", 2.0)]
    [InlineData("Quota. \n* x\nPlease retry in 11.665902715s.", 11.666)]
    [InlineData("By day. Please wait 86400 seconds before retrying.", 86400.0)]
    [InlineData("max request: 3, please try again after 1 seconds", 1.0)]
    [InlineData("Please try again in 1 minute and 5 seconds.", 65.0)]
    [InlineData("Please try again in a while", null)]
    [InlineData("Please try again in 5 apples", null)]
    [InlineData("You wrote: \"Please try again in 5h\"", null)]
    [InlineData("nothing", null)]
    public void A_sentence_of_its_own_says_how_long(string message, double? seconds) =>
        Assert.Equal(seconds, RetryHint.FromMessage(message)?.Seconds());

    [Property(MaxTest = 2000)]
    public bool No_text_makes_anything_but_a_wait_within_bounds_or_none(string? text, double number, PositiveInt pick)
    {
        string value = (pick.Get % 3) switch { 0 => text ?? string.Empty, 1 => number.ToString(CultureInfo.InvariantCulture), _ => $"{number:0.###}s{text}" };
        TimeSpan?[] waits =
        [
            Headers(("retry-after", value)), Headers(("retry-after-ms", value)), Headers(("x-ratelimit-reset", value)),
            RetryHint.FromMessage("Please try again in " + value), RetryHint.FromReset(value, Now),
        ];
        return waits.All(wait => wait is null || (wait >= TimeSpan.Zero && wait <= RetryDuration.Maximum));
    }

    private static TimeSpan? Headers(params (string Name, string Value)[] headers) =>
        RetryHint.FromHeaders(
            new AnswerHeaders(headers.Select(header => KeyValuePair.Create(header.Name, header.Value))), null, limitMet: true, Now);
}
