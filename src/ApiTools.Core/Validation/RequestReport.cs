namespace ApiTools;

/// <summary>What the check of one request found.</summary>
public sealed class RequestReport
{
    internal RequestReport(Finding[] findings, string? model, int? tokens, string? source)
    {
        Findings = findings;
        Model = model;
        Tokens = tokens;
        Source = source;
    }

    /// <summary>True where no finding is an error.</summary>
    public bool IsValid => !Array.Exists(Findings, finding => finding.Severity == FindingSeverity.Error);

    /// <summary>Everything that was found, in document order.</summary>
    public Finding[] Findings { get; }

    /// <summary>The model that the request names; null where it names none.</summary>
    public string? Model { get; }

    /// <summary>How many tokens its messages are, by the page's estimate; null where it cannot be read.</summary>
    public int? Tokens { get; }

    /// <summary>
    /// What each message costs, in tokens (exact where the model's encoding is known, else by the page's estimate) and in the order of the messages, where the request is too long for its model's context
    /// window; null where it is not, or the window is not known.
    /// </summary>
    public long[]? MessageTokens { get; internal init; }

    /// <summary>Where the request came from: a path, with its line for one of several in a file; null for an object or text.</summary>
    public string? Source { get; }

    /// <summary>Where the request stands in the text that was checked, where more than a mark stands around it; null where it is the whole text.</summary>
    internal (int Start, int End)? Body { get; init; }

    /// <summary>The request in the text that was checked.</summary>
    internal ReadOnlyMemory<byte> BodyOf(ReadOnlyMemory<byte> text) => Body is (int start, int end) ? text.Slice(start, end - start) : text;

    /// <summary>One line.</summary>
    public override string ToString() =>
        Findings.Length == 0 ? "valid" : $"{(IsValid ? "valid" : "invalid")}, {Findings.Length} finding{(Findings.Length == 1 ? string.Empty : "s")}";
}
