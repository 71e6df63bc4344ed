namespace ApiTools.Errors;

/// <summary>
/// Sentences with numbers, as one table. In each the same words stand right before its first number: so the numbers of a message are looked at, of which
/// there are few, and only the sentences whose words stand before one are tried.
/// </summary>
internal sealed class NumberSentences
{
    private const int Keys = 256;

    private readonly NumberSentence[] _all;

    // A bit for each sentence, by the two characters before its first number.
    private readonly ulong[] _byKey = new ulong[Keys];

    // Those that have no such words.
    private readonly ulong _always;

    /// <param name="all">At most 64, in the order in which they are asked.</param>
    public NumberSentences(NumberSentence[] all)
    {
        _all = all;
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i].Pattern.BeforeNumber is { Length: > 1 } words)
            {
                _byKey[Key(words[words.Length - 2], words[words.Length - 1])] |= 1UL << i;
            }
            else
            {
                _always |= 1UL << i;
            }
        }
    }

    /// <summary>Finds the first of the sentences that stands in the message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="numbers">Where the numbers of the message begin (<see cref="Digits"/>).</param>
    /// <param name="match">The sentence's numbers.</param>
    /// <returns>False where none stands there.</returns>
    public bool TryFind(string message, ReadOnlySpan<int> numbers, out SentenceMatch match)
    {
        ulong candidates = Candidates(message, numbers);
        for (int i = 0; candidates != 0; i++, candidates >>= 1)
        {
            if ((candidates & 1) != 0 && _all[i].Pattern.TryFind(message, out match))
            {
                return true;
            }
        }
        match = default;
        return false;
    }

    private ulong Candidates(string message, ReadOnlySpan<int> numbers)
    {
        ulong candidates = _always;
        foreach (int at in numbers)
        {
            // "Requested ~12903": the number begins with its sign.
            int number = at > 0 && message[at - 1] == '~' ? at - 1 : at;
            ulong left = number < 2 ? 0 : _byKey[Key(message[number - 2], message[number - 1])] & ~candidates;
            for (int i = 0; left != 0; i++, left >>= 1)
            {
                if ((left & 1) != 0 && message.AsSpan(0, number).EndsWith(_all[i].Pattern.BeforeNumber.AsSpan()))
                {
                    candidates |= 1UL << i;
                }
            }
        }
        return candidates;
    }

    private static int Key(char first, char second) => ((first * 7) + second) & (Keys - 1);
}
