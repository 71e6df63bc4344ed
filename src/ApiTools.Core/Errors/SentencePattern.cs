namespace ApiTools.Errors;

/// <summary>
/// A sentence as one service writes it, with places: <c>{max}</c> and its like are numbers, <c>{unit}</c> and <c>{window}</c> one of the words for them,
/// <c>{quoted}</c> a name in quotation marks, <c>{word}</c> anything without a blank, <c>{*}</c> anything up to what follows.
/// Hand-written where a regular expression would do: an error is to be understood in the time of three parses of its body.
/// </summary>
internal sealed class SentencePattern
{
    // How far a name, or anything, may reach.
    private const int MaximumPlace = 300;

    // A sentence is looked for at so many places where its beginning stands.
    private const int MaximumTries = 8;

    private readonly SentencePart[] _parts;

    public SentencePattern(string text)
    {
        Text = text;
        List<SentencePart> parts = [];
        for (int at = 0; at < text.Length;)
        {
            int open = text.IndexOf('{', at);
            int end = open < 0 ? text.Length : open;
            if (end > at)
            {
                parts.Add(new SentencePart(text.Substring(at, end - at), default));
            }
            if (open < 0)
            {
                break;
            }
            int close = text.IndexOf('}', open);
            parts.Add(new SentencePart(null, PlaceOf(text.Substring(open + 1, close - open - 1))));
            at = close + 1;
        }
        _parts = [.. parts];
        int number = Array.FindIndex(_parts, part => part.IsNumber);
        BeforeNumber = number < 1 ? null : _parts[number - 1].Literal;
    }

    /// <summary>The sentence with its places.</summary>
    public string Text { get; }

    /// <summary>Its first letter; the same for every message that begins with it. Null where it begins with a place.</summary>
    public char? First => _parts[0].Literal?[0];

    /// <summary>What stands right before its first number; null where that differs, or there is none.</summary>
    public string? BeforeNumber { get; }

    /// <summary>True where the sentence begins with what stands right before its first number, so that who knows the numbers knows where it may begin.</summary>
    public bool BeginsBeforeNumber => BeforeNumber is not null && _parts[1].IsNumber;

    /// <summary>True where the message begins with the sentence.</summary>
    public bool Begins(string message)
    {
        SentenceMatch match = default;
        return (_parts[0].Literal is not string first || message.StartsWith(first, StringComparison.Ordinal)) && Follow(message, 0, 0, ref match);
    }

    /// <summary>Finds the sentence, wherever it stands in the message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="match">What stands in the places.</param>
    /// <returns>False where it does not stand there.</returns>
    public bool TryFind(string message, out SentenceMatch match)
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
                break;
            }
            match = default;
            match.Unit = first == 0 ? null : SentenceWords.UnitBefore(message, at);
            if ((first == 0 || match.Unit is not null) && Follow(message, at, first, ref match))
            {
                return true;
            }
        }
        match = default;
        return false;
    }

    /// <summary>Finds the sentence by the numbers of the message; only for one that begins before a number.</summary>
    /// <param name="message">The message.</param>
    /// <param name="numbers">Where numbers begin, from the first on that the sentence may begin before.</param>
    /// <param name="match">What stands in the places.</param>
    /// <returns>False where it does not stand there.</returns>
    public bool TryFind(string message, ReadOnlySpan<int> numbers, out SentenceMatch match)
    {
        int tries = 0;
        foreach (int number in numbers)
        {
            // "Requested ~12903": the number begins with its sign.
            int at = message[number - 1] == '~' ? number - 1 : number;
            if (message.AsSpan(0, at).EndsWith(BeforeNumber.AsSpan()))
            {
                match = default;
                if (Follow(message, at, 1, ref match))
                {
                    return true;
                }
                if (++tries == MaximumTries)
                {
                    break;
                }
            }
        }
        match = default;
        return false;
    }

    private bool Follow(string message, int at, int part, ref SentenceMatch match)
    {
        for (int i = part; i < _parts.Length; i++)
        {
            if (_parts[i].Literal is string literal)
            {
                if (!message.AsSpan(at).StartsWith(literal.AsSpan()))
                {
                    return false;
                }
                at += literal.Length;
            }
            else
            {
                at = Fill(ref match, _parts[i].Place, message, at, i + 1 < _parts.Length ? _parts[i + 1].Literal : null);
                if (at < 0)
                {
                    return false;
                }
            }
        }
        return true;
    }

    // Where the place ends; negative where nothing of its kind stands there.
    private static int Fill(ref SentenceMatch match, SentencePlace place, string message, int at, string? next)
    {
        switch (place)
        {
            case SentencePlace.Anything:
                int found = next is null ? message.Length : message.IndexOf(next, at, Math.Min(message.Length - at, MaximumPlace), StringComparison.Ordinal);
                match.Anything = found < 0 ? default : (at, found - at);
                return found;
            case SentencePlace.Word:
                int blank = message.IndexOf(' ', at, Math.Min(message.Length - at, MaximumPlace));
                return blank <= at ? -1 : blank;
            case SentencePlace.Quoted:
                return Quoted(message, at);
            case SentencePlace.Unit:
                match.Unit = SentenceWords.UnitAt(message, at, out int afterUnit);
                return match.Unit is null ? -1 : afterUnit;
            case SentencePlace.Window:
                match.Window = SentenceWords.WindowAt(message, at, out int afterWindow);
                return match.Window is null ? -1 : afterWindow;
            default:
                if (SentenceWords.NumberAt(message, at, out int afterNumber) is not long number)
                {
                    return -1;
                }
                match.Set(place, number);
                return afterNumber;
        }
    }

    private static SentencePlace PlaceOf(string name) =>
        name == "*" ? SentencePlace.Anything : Enum.TryParse(name, ignoreCase: true, out SentencePlace place) ? place : throw new ArgumentException($"There is no place '{name}'.", nameof(name));

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
