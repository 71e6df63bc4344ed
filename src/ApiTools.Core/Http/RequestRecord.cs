namespace ApiTools.Http;

/// <summary>One request, sent or refused, and what came of it: what a log, the counts of usage and the streams of a command are told.</summary>
internal sealed class RequestRecord
{
    /// <summary>The operation of a chat, in OpenTelemetry's words.</summary>
    public const string Chat = "chat";

    /// <summary>The operation of listing models; OpenTelemetry has no word for it.</summary>
    public const string ListModels = "list_models";

    private static long s_lastCall;

    public RequestRecord(ApiConnection connection, string operation, long call, AttemptEnd end)
    {
        Connection = connection;
        Operation = operation;
        Call = call;
        End = end;
    }

    /// <summary>The connection it went over.</summary>
    public ApiConnection Connection { get; }

    /// <summary>What was asked for: <see cref="Chat"/> or <see cref="ListModels"/>.</summary>
    public string Operation { get; }

    /// <summary>The number of its call in this process; the tries of one call have the same.</summary>
    public long Call { get; }

    /// <summary>How it ended.</summary>
    public AttemptEnd End { get; }

    /// <summary>The request's body as it was sent, UTF-8 JSON; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The HTTP status; null where no answer came.</summary>
    public int? Status => End.Error is ApiException error ? error.Status : End.Outcome == ApiRequestOutcome.Succeeded ? 200 : null;

    /// <summary>The service's name for the request.</summary>
    public string? RequestId => End.Error?.RequestId ?? Answer?.RequestId;

    /// <summary>The answer; null where none came.</summary>
    public IAnswerFacts? Answer { get; init; }

    /// <summary>A number for a new call.</summary>
    public static long NextCall() => Interlocked.Increment(ref s_lastCall);
}
