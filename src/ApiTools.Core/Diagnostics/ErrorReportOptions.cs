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

    /// <summary>What another tool's failure was read from, in words; null for a failure of ApiTools.</summary>
    public string? Source { get; init; }

    /// <summary>The host that was asked, where the failure itself does not say it.</summary>
    public string? Host { get; init; }

    /// <summary>The model that was asked, where the failure itself does not say it.</summary>
    public string? Model { get; init; }
}
