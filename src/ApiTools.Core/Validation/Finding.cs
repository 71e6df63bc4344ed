namespace ApiTools;

/// <summary>One thing that is wrong with a request, or may be: found before it is sent.</summary>
public sealed class Finding
{
    internal Finding(
        FindingSeverity severity, string code, string? param, string message, string solution, int? line, int? column)
    {
        Severity = severity;
        Code = code;
        Param = param;
        Message = message;
        Solution = solution;
        Line = line;
        Column = column;
    }

    /// <summary>Whether a service refuses it, or only some do.</summary>
    public FindingSeverity Severity { get; }

    /// <summary>The code that the service would answer with, such as <c>invalid_value</c>.</summary>
    public string Code { get; }

    /// <summary>The place in the request, such as <c>messages[3].role</c>; null for the request as a whole.</summary>
    public string? Param { get; }

    /// <summary>What is wrong, in one line.</summary>
    public string Message { get; }

    /// <summary>What to do: the page's own words for the code.</summary>
    public string Solution { get; }

    /// <summary>The line in the text, one-based; null where the request was not given as text.</summary>
    public int? Line { get; }

    /// <summary>The column in the line, one-based, in UTF-16 units as an editor counts; null where the request was not given as text.</summary>
    public int? Column { get; }

    /// <summary>An RFC 6902 JSON Patch that mends it; null where a person must decide.</summary>
    public string? Fix { get; internal init; }

    /// <summary>
    /// True where <see cref="Fix"/> is the one thing that can have been meant, such as 0.5 for "0.5"; false where it is one of several that would
    /// mend the request, such as 2 for a temperature of 3, and where there is none.
    /// </summary>
    public bool IsFixSafe { get; internal init; }

    /// <summary>
    /// True where Repair-ApiRequest mends it unasked: by a <see cref="Fix"/> that is safe, or by an edit of the text where it is its syntax that is
    /// wrong, for which no JSON Patch can be.
    /// </summary>
    public bool IsRepairable { get; internal init; }

    /// <summary>True where Repair-ApiRequest mends it if -Include names it.</summary>
    internal bool HasChoice { get; init; }

    /// <summary>The service's own code, where it has a finer one than the page: what the simulator answers with.</summary>
    internal string? ServiceCode { get; init; }

    /// <summary>True where it is about what stands around the request, a line of a batch or the head of a saved HTTP request; its fix is that of the line.</summary>
    internal bool IsOfFrame { get; init; }

    /// <summary>
    /// The line that it stands in, at most 76 columns of it, and in a second line a <c>^</c> under the place; control sequences are made
    /// visible. Null where the request was not given as text.
    /// </summary>
    public string? Excerpt { get; internal init; }

    /// <summary>As a compiler would write it.</summary>
    public override string ToString() =>
        $"{(Line is int line ? $"({line},{Column}): " : string.Empty)}{(Severity == FindingSeverity.Error ? "error" : "warning")} {Code}: {Message}";
}
