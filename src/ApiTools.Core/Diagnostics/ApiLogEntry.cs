using ApiTools.Text;

namespace ApiTools;

/// <summary>A line of a log: one request, sent or refused, and what came of it. What the log does not say is null.</summary>
public sealed class ApiLogEntry
{
    internal ApiLogEntry()
    {
    }

    /// <summary>When the request began.</summary>
    public DateTimeOffset Time { get; internal set; }

    /// <summary>What became of it.</summary>
    public ApiRequestOutcome Outcome { get; internal set; }

    /// <summary>What was asked for: <c>chat</c>, <c>list_models</c>.</summary>
    public string Operation { get; internal set; } = string.Empty;

    /// <summary>The connection's name.</summary>
    public string? Connection { get; internal set; }

    /// <summary>The service's host.</summary>
    public string? Server { get; internal set; }

    /// <summary>The service's port.</summary>
    public int? Port { get; internal set; }

    /// <summary>The model that was asked.</summary>
    public string? Model { get; internal set; }

    /// <summary>The model that answered, as the service names it.</summary>
    public string? ResponseModel { get; internal set; }

    /// <summary>The service's name for the answer.</summary>
    public string? ResponseId { get; internal set; }

    /// <summary>Why each choice of the answer ended.</summary>
    public IReadOnlyList<string> FinishReasons { get; internal set => field = ReadableList<string>.Of(value); } = ReadableList<string>.Nothing;

    /// <summary>Tokens of what was sent.</summary>
    public int? InputTokens { get; internal set; }

    /// <summary>Tokens of the answer, reasoning included.</summary>
    public int? OutputTokens { get; internal set; }

    /// <summary>How many of the input's tokens came from the service's cache.</summary>
    public int? CachedTokens { get; internal set; }

    /// <summary>How many of the answer's tokens were reasoning.</summary>
    public int? ReasoningTokens { get; internal set; }

    /// <summary>The HTTP status; null where no answer came.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>The error code; null where the request succeeded.</summary>
    public string? Code { get; internal set; }

    /// <summary>What went wrong.</summary>
    public string? Message { get; internal set; }

    /// <summary>The service's name for the request, which its support asks for.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>The call that it is a try of: the tries of one call have the same.</summary>
    public string? Call { get; internal set; }

    /// <summary>Which try of its call it is: 1 for the first, 0 where nothing was sent.</summary>
    public int Attempt { get; internal set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>How long was waited before it.</summary>
    public TimeSpan Wait { get; internal set; }

    /// <summary>The process that sent it.</summary>
    public int? ProcessId { get; internal set; }

    /// <summary>What was sent, JSON text, where the log was to have it.</summary>
    public string? RequestBody { get; internal set; }

    /// <summary>What was answered, JSON text, where the log was to have it.</summary>
    public string? ResponseBody { get; internal set; }

    /// <summary>How many requests the process could not log before this one, in all; null where that is told by an earlier line, or none is missing.</summary>
    public long? Dropped { get; internal set; }

    /// <summary>The file.</summary>
    public string Path { get; internal set; } = string.Empty;

    /// <summary>The line, from 1.</summary>
    public int Line { get; internal set; }

    /// <summary>One line.</summary>
    public override string ToString() => $"{Time:u} {Operation} {Model} {Outcome}{(Code is null ? string.Empty : $" {Code}")}";
}
