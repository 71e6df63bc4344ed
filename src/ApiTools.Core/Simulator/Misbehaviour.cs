using System.Text;

namespace ApiTools.Simulator;

/// <summary>Turns an ordinary answer into one that is wrong in what it holds. What is wrong with the connection is the writer's part.</summary>
internal static class Misbehaviour
{
    public const int DefaultKeepAliveMs = 1000;

    private static readonly byte[] Page = Encoding.UTF8.GetBytes(
        "<html>\r\n<head><title>Bad Gateway</title></head>\r\n<body>\r\n<center><h1>Bad Gateway</h1></center>\r\n<hr><center>simulator</center>\r\n</body>\r\n</html>\r\n");

    private static readonly byte[] Comment = Encoding.ASCII.GetBytes(": keep-alive\n\n");

    public static WireAnswer Apply(SimulatorFault fault, WireAnswer answer) => fault.Kind switch
    {
        SimulatorFaultKind.Garbage => answer with { IsGarbage = true, Body = Noise(), Events = null, Parts = null },
        SimulatorFaultKind.Html => answer with { ContentType = "text/html", Body = Page, Events = null, Parts = null },
        SimulatorFaultKind.Empty => answer with { Body = [], Events = null, Parts = null },
        SimulatorFaultKind.InvalidJson => Halve(answer),
        SimulatorFaultKind.WrongContentType => answer with { ContentType = "text/plain; charset=utf-8" },
        SimulatorFaultKind.Truncated => answer with { IsTruncated = true },
        SimulatorFaultKind.StreamError when answer.Events is not null => answer with { Events = BreakOff(answer.Events, fault) },
        SimulatorFaultKind.NoFinish when answer.Events is not null => answer with { Events = Without(answer.Events, StreamEventKind.Finish) },
        SimulatorFaultKind.NoDone when answer.Events is not null => answer with { Events = Without(answer.Events, StreamEventKind.Done) },
        SimulatorFaultKind.KeepAlive when answer.Events is not null =>
            answer with { Parts = Comments(), Pause = TimeSpan.FromMilliseconds(fault.DelayMs ?? DefaultKeepAliveMs) },
        _ => answer,
    };

    private static WireAnswer Halve(WireAnswer answer)
    {
        if (answer.Events is null)
        {
            return answer with { Body = [.. answer.Body.Take(answer.Body.Length / 2)] };
        }
        List<StreamEvent> events = [.. answer.Events];
        int middle = events.Count / 2;
        byte[] whole = events[middle].Bytes;
        events[middle] = events[middle] with { Bytes = [.. whole.Take(whole.Length / 2), .. "\n\n"u8] };
        return answer with { Events = events };
    }

    private static List<StreamEvent> BreakOff(IReadOnlyList<StreamEvent> events, SimulatorFault fault) =>
        [.. events.Take(events.Count / 2), StreamEvent.Of(StreamEventKind.Error, FaultError.Of(fault).ToBytes())];

    private static List<StreamEvent> Without(IReadOnlyList<StreamEvent> events, StreamEventKind kind) =>
        [.. events.Where(item => item.Kind != kind)];

    private static IEnumerable<byte[]> Comments()
    {
        while (true)
        {
            yield return Comment;
        }
    }

    // A fixed sequence (the generator of POSIX rand), so that a test sees the same bytes each time; 0x80 set, so that none is ASCII.
    private static byte[] Noise()
    {
        uint state = 1;
        return [.. Enumerable.Range(0, 256).Select(_ => (byte)(((state = unchecked((state * 1103515245) + 12345)) >> 16) | 0x80))];
    }
}
