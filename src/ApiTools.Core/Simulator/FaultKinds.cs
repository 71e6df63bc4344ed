using ApiTools.Errors;

namespace ApiTools.Simulator;

/// <summary>What the faults are called and what each does, in a line: for completion and for messages.</summary>
internal static class FaultKinds
{
    private static readonly Dictionary<SimulatorFaultKind, string> Descriptions = new()
    {
        [SimulatorFaultKind.Close] = "The connection closes after AtByte bytes",
        [SimulatorFaultKind.Reset] = "The connection is reset after AtByte bytes",
        [SimulatorFaultKind.Stall] = "Nothing more comes after AtByte bytes",
        [SimulatorFaultKind.Slow] = "64 bytes at a time, DelayMs before each",
        [SimulatorFaultKind.Garbage] = "Bytes that are no HTTP",
        [SimulatorFaultKind.Html] = "An HTML page in place of the body",
        [SimulatorFaultKind.Empty] = "The status and no body",
        [SimulatorFaultKind.InvalidJson] = "Half of the JSON document",
        [SimulatorFaultKind.WrongContentType] = "The right body, said to be text/plain",
        [SimulatorFaultKind.Truncated] = "A chunked body without its last chunk",
        [SimulatorFaultKind.StreamError] = "Half of a stream, then an error in it",
        [SimulatorFaultKind.NoFinish] = "A stream without a finish reason",
        [SimulatorFaultKind.NoDone] = "A stream without [DONE]",
        [SimulatorFaultKind.KeepAlive] = "A stream of comments without end",
        [SimulatorFaultKind.Huge] = "A text of AtByte bytes, 100 MB where left out",
    };

    /// <summary>The documented codes and the kinds, each with what it does.</summary>
    public static IEnumerable<(string Name, string Description)> All =>
        ApiErrorCatalog.All.Where(info => info.IsDocumented).Select(info => (info.Code, $"{info.Status} {info.Description}"))
            .Concat(Descriptions.Select(pair => (pair.Key.ToString(), pair.Value)));

    /// <summary>True for what only a streamed answer can show.</summary>
    public static bool NeedsStream(SimulatorFaultKind? kind) =>
        kind is SimulatorFaultKind.StreamError or SimulatorFaultKind.NoFinish or SimulatorFaultKind.NoDone or SimulatorFaultKind.KeepAlive;

    /// <summary>True for what ends the connection at a byte.</summary>
    public static bool EndsAtByte(SimulatorFaultKind? kind) =>
        kind is SimulatorFaultKind.Close or SimulatorFaultKind.Reset or SimulatorFaultKind.Stall;
}
