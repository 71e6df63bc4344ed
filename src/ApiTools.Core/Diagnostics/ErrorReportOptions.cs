namespace ApiTools.Diagnostics;

/// <summary>What a report of a failure is made from beside the failure.</summary>
internal sealed record ErrorReportOptions
{
    /// <summary>The versions of what took part, each with its name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Versions { get; init; } = [];

    /// <summary>Whether the request's texts are shown, and not their lengths alone.</summary>
    public bool IncludeContent { get; init; }

    /// <summary>Keys to take out, whatever they look like: those of all connections.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];
}
