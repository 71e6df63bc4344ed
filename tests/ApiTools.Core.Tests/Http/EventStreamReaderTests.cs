#if NET
using System.Net.ServerSentEvents;
#endif
using System.Text;
using ApiTools.Core.Tests.Streams;
using ApiTools.Http;
using FsCheck;
using FsCheck.Fluent;

namespace ApiTools.Core.Tests.Http;

public sealed class EventStreamReaderTests
{
    // What decides how a stream is read, and what may be mistaken for it.
    private static readonly string[] Pieces =
    [
        "data", "event", "id", "retry", "dat", "datax", ":", ": ", " ", "\n", "\r", "\r\n", "\n\n", "\r\n\r\n", "data: x\n", "data:{\"a\":1}\n\n", "data\n",
        "event: e\n", "id: 7\n", "id\n", "id: a\0b\n", "retry: 30\n", "retry: x\n", ": comment\n", "é", "\ud83d\ude00", "\ufeff", "[DONE]", "0", "\0",
    ];

    private static readonly Gen<(string Stream, int[] Sizes)> Streams =
        from pieces in Gen.Elements(Pieces).ListOf()
        from bom in Gen.Elements(string.Empty, string.Empty, "\ufeff")
        from sizes in Gen.Choose(1, 7).NonEmptyListOf()
        select (bom + string.Concat(pieces), sizes.ToArray());

#if NET
    [Fact]
    public void A_stream_cut_anywhere_is_read_as_the_frameworks_own_parser_reads_it() =>
        Prop.ForAll(Streams.ToArbitrary(), sample => AgreesAsync(sample.Stream, sample.Sizes).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(40).WithReplay(20251124, 5));
#endif

    [Theory]
    [InlineData("data: a\n\ndata: b\n\n", "a|b")]
    [InlineData("data: a\r\rdata: b\r\r", "a|b")]
    [InlineData("data: a\r\n\r\ndata: b\r\n\r\n", "a|b")]
    [InlineData("\ufeffdata: a\n\n", "a")]
    [InlineData("data: a\ndata: b\n\n", "a\nb")]
    [InlineData("data\n\n", "")]
    [InlineData("data:\ndata:\n\n", "\n")]
    [InlineData("data:  two blanks\n\n", " two blanks")]
    [InlineData(": comment\n\nevent: ping\n\ndata: a\n\n", "a")]
    [InlineData("data: a\n\ndata: cut", "a")]
    [InlineData("data: a\n\ndata: b\n", "a")]
    public async Task Events_are_those_of_the_standard(string stream, string expected)
    {
        foreach (int size in new[] { 1, 2, 3, 1000 })
        {
            Assert.Equal(expected.Split('|'), (await ReadAsync(stream, size)).Select(item => item.Data));
        }
    }

    [Theory]
    [InlineData("data: a\n\n", "message")]
    [InlineData("event: error\ndata: a\n\n", "error")]
    [InlineData("event:\ndata: a\n\n", "message")]
    [InlineData("event: ping\n\ndata: a\n\n", "message")]
    [InlineData("event: x\ndata: 1\n\ndata: a\n\n", "message")]
    public async Task An_event_has_its_own_type_and_no_others(string stream, string type) =>
        Assert.Equal(("a", type), (await ReadAsync(stream, 1))[^1]);

    [Fact]
    public async Task Ids_and_reconnection_times_are_kept_as_the_standard_says()
    {
        EventStreamReader reader = new(new CutStream("id: 1\nretry: 30\ndata\n\nid: a\0b\nretry: x\ndata\n\nid\ndata\n\n"u8.ToArray(), 1000));

        await reader.ReadAsync(CancellationToken.None);
        Assert.Equal(("1", TimeSpan.FromMilliseconds(30)), (reader.LastEventId, reader.ReconnectionTime));
        await reader.ReadAsync(CancellationToken.None);
        Assert.Equal(("1", TimeSpan.FromMilliseconds(30)), (reader.LastEventId, reader.ReconnectionTime));
        await reader.ReadAsync(CancellationToken.None);
        Assert.Equal(string.Empty, reader.LastEventId);
    }

    [Theory]
    [InlineData("data: a\n\n", false)]
    [InlineData("data: a\n\n: comm", false)]
    [InlineData("", false)]
    [InlineData("data: a\n\ndata: b\n", true)]
    [InlineData("data: a\n\ndat", true)]
    [InlineData("event: x\n", true)]
    public async Task A_stream_that_breaks_off_within_an_event_says_so(string stream, bool midEvent)
    {
        EventStreamReader reader = new(new CutStream(Encoding.UTF8.GetBytes(stream), 3));
        while (await reader.ReadAsync(CancellationToken.None) != EventStreamStep.End)
        {
        }

        Assert.Equal(midEvent, reader.EndedMidEvent);
    }

    [Fact]
    public async Task Comments_are_no_life_and_parts_of_data_are()
    {
        byte[] stream = ": PROCESSING\n\n: PROCESSING\n\ndata: hello\n\n"u8.ToArray();
        EventStreamReader reader = new(new CutStream(stream, 14, 14, 8, 1, 4));
        List<EventStreamStep> steps = [];
        do
        {
            steps.Add(await reader.ReadAsync(CancellationToken.None));
        }
        while (steps[^1] != EventStreamStep.End);

        Assert.Equal(
            [EventStreamStep.KeepAlive, EventStreamStep.KeepAlive, EventStreamStep.Progress, EventStreamStep.Progress, EventStreamStep.Event, EventStreamStep.End],
            steps);
        Assert.Equal(stream.Length, reader.BytesRead);
    }

    [Fact]
    public async Task An_event_is_handed_out_as_soon_as_its_blank_line_is_here()
    {
        EventStreamReader reader = new(new CutStream("data: a\r\rdata: b"u8.ToArray(), 9, 7));

        Assert.Equal(EventStreamStep.Event, await reader.ReadAsync(CancellationToken.None));
        Assert.Equal(9, reader.BytesRead);
        Assert.Equal("a", Encoding.UTF8.GetString(reader.Data.Span));
        Assert.Equal(EventStreamStep.Progress, await reader.ReadAsync(CancellationToken.None));
        Assert.True(reader.Data.IsEmpty);
    }

    [Theory]
    [InlineData(20_000, 1)]
    [InlineData(19_000, 1)]
    [InlineData(100, 300)]
    [InlineData(0, 20_001)]
    public async Task An_event_beyond_the_bound_is_a_typed_error(int lineLength, int lines)
    {
        string stream = string.Concat(Enumerable.Repeat("data: " + new string('x', lineLength) + "\n", lines)) + "\n";
        const int bound = 18_000;
        EventStreamReader reader = new(new CutStream(Encoding.UTF8.GetBytes(stream), 4096), bound);

        ApiResponseException error = await Assert.ThrowsAsync<ApiResponseException>(async () =>
        {
            while (await reader.ReadAsync(CancellationToken.None) != EventStreamStep.End)
            {
            }
        });

        Assert.Equal("invalid_response", error.Code);
        Assert.Contains("18000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_exactly_the_bound_is_read()
    {
        string data = new('x', 50_000);
        EventStreamReader reader = new(new CutStream(Encoding.UTF8.GetBytes($"data: {data}\r\n\r\n"), 4096), maximumEventLength: 50_000);
        EventStreamStep step;
        do
        {
            step = await reader.ReadAsync(CancellationToken.None);
        }
        while (step == EventStreamStep.Progress);

        Assert.Equal((EventStreamStep.Event, 50_000), (step, reader.Data.Length));
    }

    [Fact]
    public async Task A_line_without_end_is_a_typed_error_and_no_memory_without_end()
    {
        EventStreamReader reader = new(new EndlessStream(), maximumEventLength: 1 << 20);

        await Assert.ThrowsAsync<ApiResponseException>(async () =>
        {
            while (await reader.ReadAsync(CancellationToken.None) != EventStreamStep.End)
            {
            }
        });
        Assert.InRange(reader.BytesRead, 1 << 20, (1 << 20) + 64);
    }

    [DotNetFact("nothing tells what a thread allocates")]
    public async Task Ten_thousand_events_allocate_nothing_each()
    {
        byte[] stream = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("data: {\"choices\":[{\"delta\":{\"content\":\"word\"}}]}\n\n", 10_000)));
        EventStreamReader reader = new(new MemoryStream(stream));
        await reader.ReadAsync(CancellationToken.None);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int events = 1;
        while (await reader.ReadAsync(CancellationToken.None) == EventStreamStep.Event)
        {
            events++;
        }

        Assert.Equal(10_000, events);
#if DEBUG
        // Without optimization an async method's state is an object of its own, whether it waits or not.
        const int Allowed = 1_000_000;
#else
        const int Allowed = 50_000;
#endif
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Allowed);
    }

    [Fact]
    public async Task Cancelling_ends_a_read()
    {
        EventStreamReader reader = new(new EndlessStream());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reader.ReadAsync(new CancellationToken(canceled: true)));
    }

#if NET
    private static async Task<bool> AgreesAsync(string stream, int[] sizes)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(stream);
        List<SseItem<string>> expected = [];
        SseParser<string> parser = SseParser.Create(new MemoryStream(bytes), (_, data) => Encoding.UTF8.GetString(data));
        await foreach (SseItem<string> item in parser.EnumerateAsync())
        {
            expected.Add(item);
        }
        List<(string Data, string Type)> actual = await ReadAsync(stream, sizes);
        Assert.Equal(expected.Select(item => item.Data), actual.Select(item => item.Data));
        // The framework (10.0) gives the type of an event without data to the next one; the standard forgets it at the blank line.
        Assert.All(expected.Zip(actual), pair => Assert.True(pair.Second.Type == pair.First.EventType || pair.Second.Type == "message"));
        return true;
    }
#endif

    private static async Task<List<(string Data, string Type)>> ReadAsync(string stream, params int[] sizes)
    {
        EventStreamReader reader = new(new CutStream(Encoding.UTF8.GetBytes(stream), sizes));
        List<(string, string)> events = [];
        while (true)
        {
            switch (await reader.ReadAsync(CancellationToken.None))
            {
                case EventStreamStep.Event:
                    events.Add((Encoding.UTF8.GetString(reader.Data.Span), reader.EventType));
                    break;
                case EventStreamStep.End:
                    return events;
                default:
                    break;
            }
        }
    }

    private sealed class EndlessStream() : TestStream([])
    {
        protected override Task<int> NextAsync(ArraySegment<byte> room, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            room.AsSpan().Fill((byte)'x');
            return Task.FromResult(room.Count);
        }
    }
}
