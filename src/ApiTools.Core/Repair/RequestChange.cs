using ApiTools.Text;

namespace ApiTools;

/// <summary>One thing that a repair changed in a request.</summary>
public sealed class RequestChange
{
    internal RequestChange(string code, string? param, string message, string? before, string? after, int? line, int? column)
    {
        Code = code;
        Param = param;
        Message = message;
        Before = before;
        After = after;
        Line = line;
        Column = column;
    }

    /// <summary>The code of the finding that it mends, such as <c>invalid_value</c>.</summary>
    public string Code { get; }

    /// <summary>The place in the request, such as <c>messages[3].role</c>; null for the text as a whole.</summary>
    public string? Param { get; }

    /// <summary>Why it was changed, in one line.</summary>
    public string Message { get; }

    /// <summary>What was there, as it was written, at most 100 characters; null where there was nothing.</summary>
    public string? Before { get; }

    /// <summary>What is there now, at most 100 characters; null where nothing is.</summary>
    public string? After { get; }

    /// <summary>The line in the text as it was given, one-based; null where the request was not given as text.</summary>
    public int? Line { get; }

    /// <summary>The column in that line, one-based, in UTF-16 units as an editor counts; null where the request was not given as text.</summary>
    public int? Column { get; }

    /// <summary>Where and what, in one line, such as <c>(3,23): messages[0].role: "assitant" becomes "assistant"</c>.</summary>
    public override string ToString()
    {
        string place = Line is int line ? $"({line},{Column}): " : string.Empty;
        string what = (Before, After) switch
        {
            _ when Param is null => Message,
            (null, null) => Message,
            (null, _) => $"{After} is added",
            (_, null) => $"{Before} is left out",
            _ => $"{Before} becomes {After}",
        };
        return VisibleText.Line(place + (Param is null ? string.Empty : $"{Param}: ") + what);
    }
}
