using System.Runtime.CompilerServices;

namespace ApiTools.Errors;

/// <summary>
/// Sentences with numbers, as one table. In each the same words stand right before its first number: so the numbers of a message are looked at, of which
/// there are few, and only the sentences whose words stand before one are tried.
/// </summary>
internal sealed class NumberSentences
{
    private const int Keys = 256;

    private const int MaximumSentences = 64;

    private readonly NumberSentence[] _all;

    // The words before a first number, each once, with a bit for each sentence that has them; those with the same key stand side by side.
    private readonly (string Words, ulong Sentences)[] _words;

    // By the two characters before a number: which of the words end so, from one to before another.
    private readonly (int From, int To)[] _byKey = new (int From, int To)[Keys];

    // Those that have no such words.
    private readonly ulong _always;

    // Those that begin with their words, and which of the words those are.
    private readonly ulong _begins;
    private readonly int[] _wordsOf;

    /// <param name="all">At most 64, in the order in which they are asked.</param>
    public NumberSentences(NumberSentence[] all)
    {
        _all = all;
        Dictionary<string, ulong> sentences = new(StringComparer.Ordinal);
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i].Pattern.BeforeNumber is { Length: > 1 } words)
            {
                sentences[words] = (sentences.TryGetValue(words, out ulong others) ? others : 0) | (1UL << i);
            }
            else
            {
                _always |= 1UL << i;
            }
            _begins |= all[i].Pattern is { BeginsBeforeNumber: true, BeforeNumber.Length: > 1 } ? 1UL << i : 0;
        }
        _words = [.. sentences.OrderBy(pair => Key(pair.Key)).Select(pair => (pair.Key, pair.Value))];
        _wordsOf = [.. all.Select(sentence => Array.FindIndex(_words, words => words.Words == sentence.Pattern.BeforeNumber))];
        for (int i = 0; i < _words.Length; i++)
        {
            int key = Key(_words[i].Words);
            _byKey[key] = (_byKey[key].To == 0 ? i : _byKey[key].From, i + 1);
        }
    }

    /// <summary>Finds the first of the sentences that stands in the message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="numbers">Where the numbers of the message begin (<see cref="Digits"/>).</param>
    /// <param name="match">The sentence's numbers.</param>
    /// <returns>False where none stands there.</returns>
    [SkipLocalsInit]
    public bool TryFind(string message, ReadOnlySpan<int> numbers, out SentenceMatch match) => TryFind(message, numbers, stackalloc int[MaximumSentences], out match);

    // In firsts, for each of the words that stand there, before which number first.
    private bool TryFind(string message, ReadOnlySpan<int> numbers, Span<int> firsts, out SentenceMatch match)
    {
        ulong candidates = Candidates(message, numbers, firsts);
        for (int i = 0; candidates != 0; i++, candidates >>= 1)
        {
            if ((candidates & 1) == 0)
            {
                continue;
            }
            SentencePattern pattern = _all[i].Pattern;
            if ((_begins >> i & 1) != 0 ? pattern.TryFind(message, numbers.Slice(firsts[_wordsOf[i]]), out match) : pattern.TryFind(message, out match))
            {
                return true;
            }
        }
        match = default;
        return false;
    }

    private ulong Candidates(string message, ReadOnlySpan<int> numbers, Span<int> firsts)
    {
        ulong candidates = _always;
        for (int n = 0; n < numbers.Length; n++)
        {
            int at = numbers[n];
            // "Requested ~12903": the number begins with its sign.
            ReadOnlySpan<char> before = message.AsSpan(0, at > 0 && message[at - 1] == '~' ? at - 1 : at);
            (int from, int to) = before.Length < 2 ? default : _byKey[Key(before)];
            for (int i = from; i < to; i++)
            {
                if (before.EndsWith(_words[i].Words.AsSpan()))
                {
                    firsts[i] = (candidates & _words[i].Sentences) == 0 ? n : firsts[i];
                    candidates |= _words[i].Sentences;
                }
            }
        }
        return candidates;
    }

    private static int Key(string words) => Key(words.AsSpan());

    private static int Key(ReadOnlySpan<char> before) => ((before[before.Length - 2] * 7) + before[before.Length - 1]) & (Keys - 1);
}
