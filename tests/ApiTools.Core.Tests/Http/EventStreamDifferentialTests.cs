using System.Net.ServerSentEvents;
using System.Text;
using ApiTools.Http;
using FsCheck;
using FsCheck.Fluent;

namespace ApiTools.Core.Tests.Http;

/// <summary>Any bytes, cut anywhere, are the same events as System.Net.ServerSentEvents reads from them whole.</summary>
public sealed class EventStreamDifferentialTests
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "data: a\n", "data: b\r", "data: c\r\n", "data:d\n\n", "data:e\r\n\r\n", "data:f\r\r", "data\n", "data:\n", "data:  two\n", "data", ":", " ", "\n", "\r", "\r\n",
            "event: x\n", "event\n", "event: é\r\n", "id: 7\n", "id\n", "id: a\0b\n", "id:8\r", "retry: 30\n", "retry: -1\n", "retry: 3x\n", "retry\n", ": comment\n", ":\r", "nothing: x\n",
            "\ufeff", "\0", "[DONE]", "{\"a\":1}", "data: {\"a\":\n", "dat", "data : a\n", "Data: a\n",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xc3], [0xe2, 0x82], [.. "data: \xff"u8, 0x80, (byte)'\n'], [.. "event: "u8, 0xf0, 0x9f, (byte)'\n'],
        [.. "data: "u8, .. Enumerable.Repeat((byte)'x', 40_000), (byte)'\n', (byte)'\n'],
    ];

    private static readonly Gen<byte[]> Streams =
        from pieces in Gen.Elements(Pieces).ListOf()
        from bom in Gen.Elements([], [], "\ufeff"u8.ToArray())
        select (byte[])[.. bom, .. pieces.SelectMany(piece => piece)];

    [Fact]
    public void Whatever_the_bytes_the_events_are_the_same() =>
        Prop.ForAll(Streams.ToArbitrary(), stream => AgreesEverywhereAsync(stream).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1500).WithEndSize(30).WithReplay(20251127, 11));

    [Fact]
    public void However_random_the_pieces_that_arrive_the_events_are_the_same()
    {
        Gen<(byte[] Stream, int[] Sizes)> samples =
            from stream in Streams
            from sizes in Gen.Choose(1, 40).NonEmptyListOf()
            select (stream, sizes.ToArray());
        Prop.ForAll(samples.ToArbitrary(), sample => AgreesAsync(sample.Stream, Expected(sample.Stream), sample.Sizes).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(60).WithReplay(20251128, 13));
    }

    // In two pieces, at every byte where that is affordable; and in one.
    private static async Task<bool> AgreesEverywhereAsync(byte[] stream)
    {
        List<Event> expected = Expected(stream);
        for (int first = 1; first <= Math.Min(stream.Length, 400); first++)
        {
            await AgreesAsync(stream, expected, first, int.MaxValue);
        }
        return await AgreesAsync(stream, expected, int.MaxValue);
    }

    private static async Task<bool> AgreesAsync(byte[] stream, List<Event> expected, params int[] sizes)
    {
        List<Event> actual = [];
        EventStreamReader reader = new(new CutStream(stream, sizes));
        EventStreamStep step;
        while ((step = await reader.ReadAsync(CancellationToken.None)) != EventStreamStep.End)
        {
            if (step == EventStreamStep.Event)
            {
                actual.Add(new Event(Convert.ToHexString(reader.Data.Span), reader.EventType, reader.LastEventId, reader.ReconnectionTime));
            }
        }
        Assert.Equal(expected.Select(item => item.Data), actual.Select(item => item.Data));
        // The framework (10.0) gives the type of an event without data to the next one; the standard forgets it at the blank line.
        Assert.All(expected.Zip(actual), pair => Assert.True(pair.Second.Type == pair.First.Type || pair.Second.Type == "message"));
        Assert.Equal(expected.Select(item => item.Id), actual.Select(item => item.Id));
        Assert.Equal(expected.Select(item => item.Retry), actual.Select(item => item.Retry));
        return true;
    }

    private static List<Event> Expected(byte[] stream)
    {
        SseParser<string> parser = SseParser.Create(new MemoryStream(stream), (_, data) => Convert.ToHexString(data));
        List<Event> events = [];
        foreach (SseItem<string> item in parser.Enumerate())
        {
            TimeSpan? retry = parser.ReconnectionInterval == Timeout.InfiniteTimeSpan ? null : parser.ReconnectionInterval;
            events.Add(new Event(item.Data, item.EventType, parser.LastEventId, retry));
        }
        return events;
    }

    private sealed record Event(string Data, string Type, string Id, TimeSpan? Retry);
}
