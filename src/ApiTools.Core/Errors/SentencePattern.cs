namespace ApiTools.Errors;

/// <summary>
/// A sentence as one service writes it, with places: <c>{max}</c> and its like are numbers, <c>{unit}</c> and <c>{window}</c> one of the words for them,
/// <c>{quoted}</c> a name in quotation marks, <c>{word}</c> anything without a blank, <c>{*}</c> anything up to what follows.
/// Hand-written where a regular expression would do: an error is understood in the time of three parses of its body, and each of these is tried on it.
/// </summary>
internal sealed class SentencePattern
{
    // How far a name, or anything, may reach.
    private const int MaximumPlace = 300;

    // A sentence is looked for at so many places where its beginning stands.
    private const int MaximumTries = 8;

    private readonly List<(string? Literal, string? Place)> _parts = [];

    public SentencePattern(string text)
    {
        Text = text;
        for (int at = 0; at < text.Length;)
        {
            int open = text.IndexOf('{', at);
            int end = open < 0 ? text.Length : open;
            if (end > at)
            {
                _parts.Add((text.Substring(at, end - at), null));
            }
            if (open < 0)
            {
                break;
            }
            int close = text.IndexOf('}', open);
            _parts.Add((null, text.Substring(open + 1, close - open - 1)));
            at = close + 1;
        }
    }

    /// <summary>The sentence with its places.</summary>
    public string Text { get; }

    /// <summary>Its first letter; the same for every message that begins with it. Null where it begins with a place.</summary>
    public char? First => _parts[0].Literal?[0];

    /// <summary>What stands in the places of a message that begins with the sentence; null where it does not.</summary>
    public SentenceMatch? MatchBeginning(string message) =>
        _parts[0].Literal is null || message.StartsWith(_parts[0].Literal!, StringComparison.Ordinal) ? Follow(message, 0, 0) : null;

    /// <summary>What stands in the places, wherever the sentence stands in the message; null where it does not.</summary>
    public SentenceMatch? Find(string message)
    {
        // A place for a unit may come first: it is what stands before the first literal.
        int first = _parts[0].Literal is null ? 1 : 0;
        string literal = _parts[first].Literal!;
        int at = -1;
        for (int tries = 0; tries < MaximumTries; tries++)
        {
            at = message.IndexOf(literal, at + 1, StringComparison.Ordinal);
            if (at < 0)
            {
                return null;
            }
            if (first == 0)
            {
                if (Follow(message, at, 0) is SentenceMatch match)
                {
                    return match;
                }
            }
            else if (SentenceWords.UnitBefore(message, at) is string unit && Follow(message, at, 1) is SentenceMatch match)
            {
                match.Unit = unit;
                return match;
            }
        }
        return null;
    }

    private SentenceMatch? Follow(string message, int at, int part)
    {
        SentenceMatch match = new();
        for (int i = part; i < _parts.Count; i++)
        {
            (string? literal, string? place) = _parts[i];
            if (literal is not null)
            {
                if (string.CompareOrdinal(message, at, literal, 0, literal.Length) != 0)
                {
                    return null;
                }
                at += literal.Length;
            }
            else
            {
                at = Fill(match, place!, message, at, i + 1 < _parts.Count ? _parts[i + 1].Literal : null);
                if (at < 0)
                {
                    return null;
                }
            }
        }
        return match;
    }

    // Where the place ends; negative where nothing of its kind stands there.
    private static int Fill(SentenceMatch match, string place, string message, int at, string? next)
    {
        switch (place)
        {
            case "*":
                int found = next is null ? message.Length : message.IndexOf(next, at, Math.Min(message.Length - at, MaximumPlace), StringComparison.Ordinal);
                match.Anything = found < 0 ? null : message.Substring(at, found - at);
                return found;
            case "word":
                int blank = message.IndexOf(' ', at, Math.Min(message.Length - at, MaximumPlace));
                return blank <= at ? -1 : blank;
            case "quoted":
                return Quoted(message, at);
            case "unit":
                match.Unit = SentenceWords.UnitAt(message, at, out int afterUnit);
                return match.Unit is null ? -1 : afterUnit;
            case "window":
                match.Window = SentenceWords.WindowAt(message, at, out int afterWindow);
                return match.Window is null ? -1 : afterWindow;
            default:
                return SentenceWords.NumberAt(message, at, out int afterNumber) is long number && match.Set(place, number) ? afterNumber : -1;
        }
    }

    private static int Quoted(string message, int at)
    {
        if (at >= message.Length || message[at] is not ('\'' or '"' or '`'))
        {
            return -1;
        }
        int end = message.IndexOf(message[at], at + 1, Math.Min(message.Length - at - 1, MaximumPlace));
        return end <= at + 1 ? -1 : end + 1;
    }
}
