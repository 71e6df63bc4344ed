namespace ApiTools.Simulator;

/// <summary>An answer before it goes over the wire: a body, the events of a stream, or pieces made on the way.</summary>
internal sealed record WireAnswer
{
    public const string Json = "application/json";

    public const string EventStream = "text/event-stream; charset=utf-8";

    public int Status { get; init; } = 200;

    /// <summary>The error code in the body; null for a success.</summary>
    public string? Code { get; init; }

    public string ContentType { get; init; } = Json;

    /// <summary>Headers beyond those that every answer has.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public byte[] Body { get; init; } = [];

    /// <summary>The events in place of a body; null where the answer is not streamed.</summary>
    public IReadOnlyList<StreamEvent>? Events { get; init; }

    /// <summary>Pieces in place of body and events, perhaps without end; null for none.</summary>
    public IEnumerable<byte[]>? Parts { get; init; }

    /// <summary>The wait before each piece but the first.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>True where the last chunk never comes.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>True where the body is all that is sent: no status line, no headers.</summary>
    public bool IsGarbage { get; init; }

    /// <summary>An error in the documented shape.</summary>
    public static WireAnswer Error(int status, string? code, string message, string? param) =>
        new() { Status = status, Code = code, Body = ErrorBody.Of(status, code, message, param).ToBytes() };

    /// <summary>The pieces, in which the body goes over the wire.</summary>
    public IEnumerable<byte[]> Pieces => Parts ?? Events?.Select(item => item.Bytes) ?? [Body];

    /// <summary>The length of the body; null where it is not known before the end, so that it goes in chunks.</summary>
    public long? Length => Parts is null && Events is null && !IsTruncated ? Body.Length : null;
}
