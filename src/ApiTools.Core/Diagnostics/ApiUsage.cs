using ApiTools.Text;

namespace ApiTools;

/// <summary>What was sent to one model over one connection, or in all. Tokens are as the services counted them.</summary>
public sealed class ApiUsage
{
    internal ApiUsage()
    {
    }

    /// <summary>The connection's name; null for all together.</summary>
    public string? Connection { get; internal init; }

    /// <summary>The model that was asked; null for all together, and for requests that name none.</summary>
    public string? Model { get; internal init; }

    /// <summary>Calls that ended: each input once, whatever number of tries it took. Those of <see cref="Succeeded"/>, <see cref="Failed"/>, <see cref="Refused"/> and <see cref="Cancelled"/> together.</summary>
    public long Calls => Succeeded + Failed + Refused + Cancelled;

    /// <summary>Requests that were sent: each try counts.</summary>
    public long Requests { get; internal init; }

    /// <summary>Calls that were answered.</summary>
    public long Succeeded { get; internal init; }

    /// <summary>Calls that failed after their last try.</summary>
    public long Failed { get; internal init; }

    /// <summary>Calls that were refused before anything was sent.</summary>
    public long Refused { get; internal init; }

    /// <summary>Calls that were cancelled.</summary>
    public long Cancelled { get; internal init; }

    /// <summary>Requests that failed and were followed by another try.</summary>
    public long Retries { get; internal init; }

    /// <summary>Tokens of what was sent.</summary>
    public long InputTokens { get; internal init; }

    /// <summary>Tokens of the answers, reasoning included.</summary>
    public long OutputTokens { get; internal init; }

    /// <summary>Input tokens that came from a service's cache.</summary>
    public long CachedTokens { get; internal init; }

    /// <summary>Output tokens that were reasoning.</summary>
    public long ReasoningTokens { get; internal init; }

    /// <summary>What the tokens cost, in the currency of the prices; null where no price was given.</summary>
    public decimal? Cost { get; internal set; }

    /// <summary>How often each error code was met, retried or not; the most frequent first.</summary>
    public IReadOnlyDictionary<string, long> Errors { get; internal init => field = ReadableTable<long>.Of(value); } = ReadableTable<long>.Nothing;

    /// <summary>The time that was waited before requests: retries, and limits that held them back.</summary>
    public TimeSpan Waited { get; internal init; }

    /// <summary>The duration that half of the requests took at most, to 2.5 %; null where none was sent.</summary>
    public TimeSpan? P50 { get; internal init; }

    /// <summary>The duration that 95 % of the requests took at most, to 2.5 %; null where none was sent.</summary>
    public TimeSpan? P95 { get; internal init; }

    /// <summary>The duration that 99 % of the requests took at most, to 2.5 %; null where none was sent.</summary>
    public TimeSpan? P99 { get; internal init; }

    /// <summary>When the first request began.</summary>
    public DateTimeOffset? FirstTime { get; internal init; }

    /// <summary>When the last request began.</summary>
    public DateTimeOffset? LastTime { get; internal init; }

    /// <summary>One line.</summary>
    public override string ToString() => FormattableString.Invariant($"{Connection} {Model}: {Requests} requests, {InputTokens} + {OutputTokens} tokens");
}
