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
        [SimulatorFaultKind.FinishError] = "Half of a stream, then a finish reason of error",
        [SimulatorFaultKind.NotStreamed] = "A plain answer to a request for a stream",
        [SimulatorFaultKind.SchemaMismatch] = "An answer that breaks the schema it was asked for",
        [SimulatorFaultKind.Huge] = "A text of AtByte bytes, 100 MB where left out",
    };

    /// <summary>The names of the kinds.</summary>
    public static IEnumerable<string> Names => Descriptions.Keys.Select(kind => kind.ToString());

    /// <summary>The kind of that name, in any case; null for none. By its name alone: a number is no kind, and "Close, Stall" is none either, though .NET reads both.</summary>
    public static SimulatorFaultKind? Find(string? name) =>
        Descriptions.Keys.Where(kind => string.Equals(kind.ToString(), name, StringComparison.OrdinalIgnoreCase)).Select(kind => (SimulatorFaultKind?)kind).FirstOrDefault();

    /// <summary>False for a number without a name, which .NET lets anybody make.</summary>
    public static bool IsKnown(SimulatorFaultKind kind) => Descriptions.ContainsKey(kind);

    /// <summary>The documented codes and the kinds, each with what it does.</summary>
    public static IEnumerable<(string Name, string Description)> All =>
        ApiErrorCatalog.All.Where(info => info.IsDocumented).Select(info => (info.Code, $"{info.Status} {info.Description}"))
            .Concat(Descriptions.Select(pair => (pair.Key.ToString(), pair.Value)));

    /// <summary>True for what only a streamed answer can show.</summary>
    public static bool NeedsStream(SimulatorFaultKind? kind) =>
        kind is SimulatorFaultKind.StreamError or SimulatorFaultKind.NoFinish or SimulatorFaultKind.NoDone or SimulatorFaultKind.KeepAlive
            or SimulatorFaultKind.FinishError or SimulatorFaultKind.NotStreamed;

    /// <summary>True for what only the answer to a request with a schema can show.</summary>
    public static bool NeedsSchema(SimulatorFaultKind? kind) => kind == SimulatorFaultKind.SchemaMismatch;

    /// <summary>True for what carries its error within a stream that began well.</summary>
    public static bool ErrsInStream(SimulatorFaultKind? kind) => kind is SimulatorFaultKind.StreamError or SimulatorFaultKind.FinishError;

    /// <summary>True for what only a completion can show, so that an error would hide it.</summary>
    public static bool NeedsCompletion(SimulatorFaultKind? kind) =>
        kind == SimulatorFaultKind.Huge || NeedsSchema(kind) || (NeedsStream(kind) && !ErrsInStream(kind));

    /// <summary>True for what ends the connection at a byte.</summary>
    public static bool EndsAtByte(SimulatorFaultKind? kind) =>
        kind is SimulatorFaultKind.Close or SimulatorFaultKind.Reset or SimulatorFaultKind.Stall;
}
