namespace ApiTools.Diagnostics;

/// <summary>
/// The names in a log's lines: those of OpenTelemetry's semantic conventions for generative AI, for servers, HTTP and errors (opentelemetry.io/docs/specs/semconv/gen-ai),
/// and under <c>apitools.</c> what they have no name for.
/// </summary>
internal static class LogFields
{
    /// <summary>What each line begins with; a file whose first line does not is another's.</summary>
    public static ReadOnlySpan<byte> Beginning => "{\"timestamp\":\""u8;

    public static ReadOnlySpan<byte> Timestamp => "timestamp"u8;

    public static ReadOnlySpan<byte> Operation => "gen_ai.operation.name"u8;

    public static ReadOnlySpan<byte> Model => "gen_ai.request.model"u8;

    public static ReadOnlySpan<byte> ResponseModel => "gen_ai.response.model"u8;

    public static ReadOnlySpan<byte> ResponseId => "gen_ai.response.id"u8;

    public static ReadOnlySpan<byte> FinishReasons => "gen_ai.response.finish_reasons"u8;

    public static ReadOnlySpan<byte> InputTokens => "gen_ai.usage.input_tokens"u8;

    public static ReadOnlySpan<byte> OutputTokens => "gen_ai.usage.output_tokens"u8;

    public static ReadOnlySpan<byte> CachedTokens => "gen_ai.usage.cache_read.input_tokens"u8;

    public static ReadOnlySpan<byte> ReasoningTokens => "gen_ai.usage.reasoning.output_tokens"u8;

    public static ReadOnlySpan<byte> Server => "server.address"u8;

    public static ReadOnlySpan<byte> Port => "server.port"u8;

    public static ReadOnlySpan<byte> Status => "http.response.status_code"u8;

    public static ReadOnlySpan<byte> ErrorType => "error.type"u8;

    public static ReadOnlySpan<byte> ErrorMessage => "error.message"u8;

    public static ReadOnlySpan<byte> ProcessId => "process.pid"u8;

    public static ReadOnlySpan<byte> Outcome => "apitools.outcome"u8;

    public static ReadOnlySpan<byte> Connection => "apitools.connection"u8;

    public static ReadOnlySpan<byte> Call => "apitools.call"u8;

    public static ReadOnlySpan<byte> Attempt => "apitools.attempt"u8;

    public static ReadOnlySpan<byte> RequestId => "apitools.request_id"u8;

    /// <summary>Seconds.</summary>
    public static ReadOnlySpan<byte> Duration => "apitools.duration"u8;

    /// <summary>Seconds that were waited before the request.</summary>
    public static ReadOnlySpan<byte> Wait => "apitools.wait"u8;

    public static ReadOnlySpan<byte> RequestBody => "apitools.request.body"u8;

    public static ReadOnlySpan<byte> ResponseBody => "apitools.response.body"u8;

    /// <summary>How many lines this process could not write before this one, in all; where that number has grown.</summary>
    public static ReadOnlySpan<byte> Dropped => "apitools.log.dropped"u8;
}
