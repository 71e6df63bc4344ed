namespace ApiTools;

/// <summary>The numbers of a context length error, in tokens; each null where the service does not say it.</summary>
public sealed record ContextLength
{
    internal ContextLength(int? maximum, int? requested, int? messages, int? completion)
    {
        Maximum = maximum;
        Requested = requested;
        Messages = messages;
        Completion = completion;
    }

    /// <summary>The model's context window.</summary>
    public int? Maximum { get; }

    /// <summary>What the request needs in all: messages and completion.</summary>
    public int? Requested { get; }

    /// <summary>What of that are the messages.</summary>
    public int? Messages { get; }

    /// <summary>What of that is asked for the completion (<c>max_tokens</c>).</summary>
    public int? Completion { get; }

    /// <summary>By how many tokens the request is over; null where the service does not say it.</summary>
    public int? Over => (Requested ?? Messages + (Completion ?? 0)) - Maximum is int over and > 0 ? over : null;

    /// <summary>The numbers in one line.</summary>
    public override string ToString()
    {
        string needed = (Requested ?? Messages) is int tokens ? FormattableString.Invariant($"{tokens} tokens") : "Too many tokens";
        string window = Maximum is int maximum ? FormattableString.Invariant($" for a window of {maximum}") : string.Empty;
        return needed + window + (Over is int over ? FormattableString.Invariant($", {over} over") : string.Empty);
    }
}
