namespace ApiTools;

/// <summary>How the simulator misbehaves when a fault fires, other than by answering with an error code.</summary>
public enum SimulatorFaultKind
{
    /// <summary>The connection is closed in good order after <see cref="SimulatorFault.AtByte"/> bytes of the answer; before the first where it is left out.</summary>
    Close,

    /// <summary>As <see cref="Close"/>, but the connection is reset (TCP RST).</summary>
    Reset,

    /// <summary>After <see cref="SimulatorFault.AtByte"/> bytes nothing more comes; the connection stays open.</summary>
    Stall,

    /// <summary>The answer comes in pieces of 64 bytes, <see cref="SimulatorFault.DelayMs"/> (100 where left out) before each.</summary>
    Slow,

    /// <summary>Bytes that are no HTTP at all.</summary>
    Garbage,

    /// <summary>An HTML page in place of the body, as a proxy sends it.</summary>
    Html,

    /// <summary>The status and no body.</summary>
    Empty,

    /// <summary>Half of the JSON document; of a stream, one event is cut in half.</summary>
    InvalidJson,

    /// <summary>The right body, said to be text/plain.</summary>
    WrongContentType,

    /// <summary>A chunked body whose last chunk never comes: the connection closes in its place.</summary>
    Truncated,

    /// <summary>Streamed requests only: half of the answer, then an event with an error (<see cref="SimulatorFault.Code"/>, or internal_error), then the end.</summary>
    StreamError,

    /// <summary>Streamed requests only: no event carries a finish reason.</summary>
    NoFinish,

    /// <summary>Streamed requests only: the last event, <c>[DONE]</c>, is missing.</summary>
    NoDone,

    /// <summary>Streamed requests only: comments without end, one each <see cref="SimulatorFault.DelayMs"/> (1000 where left out), and never an event.</summary>
    KeepAlive,

    /// <summary>A completion whose text has <see cref="SimulatorFault.AtByte"/> bytes (104,857,600 where left out).</summary>
    Huge,

    /// <summary>Streamed requests only: half of the answer, then a chunk whose finish reason is <c>error</c>, with an error beside it where <see cref="SimulatorFault.Code"/> is given, as OpenRouter sends it.</summary>
    FinishError,

    /// <summary>Streamed requests only: the answer comes as to a request that is not streamed.</summary>
    NotStreamed,

    /// <summary>
    /// Requests with a schema only: the answer is JSON of which one value breaks the schema; where every value would keep to it, it is no JSON.
    /// </summary>
    SchemaMismatch,
}
