namespace ApiTools.Text;

/// <summary>Goes through a text from secret to secret.</summary>
internal ref struct SecretSearch
{
    /// <summary>Room for the pairs of letters of all but long texts.</summary>
    public const int Room = 32;

    private readonly ReadOnlySpan<char> _text;

    // The pairs from one place to another.
    private readonly Span<int> _places;
    private int _count;
    private int _from;
    private int _end;

    /// <param name="text">Any text.</param>
    /// <param name="places">Room to work in.</param>
    public SecretSearch(ReadOnlySpan<char> text, Span<int> places)
    {
        _text = text;
        _places = places;
        Fill(0);
    }

    /// <param name="text">Any text.</param>
    /// <param name="places">Room to work in, with the pairs that are known.</param>
    /// <param name="count">How many are known.</param>
    /// <param name="end">All pairs before are known.</param>
    public SecretSearch(ReadOnlySpan<char> text, Span<int> places, int count, int end)
    {
        _text = text;
        _places = places;
        _count = count;
        _end = end;
    }

    /// <summary>Finds the first secret that begins at a place or behind it; of two that begin at one place, the one whose pattern comes first.</summary>
    /// <param name="from">Where to begin; what stands before it counts as what stands before a word.</param>
    /// <param name="found">The secret.</param>
    public bool Next(int from, out FoundSecret found)
    {
        if (from < _from)
        {
            Fill(from);
        }
        found = FoundSecret.None;
        for (int i = 0; ; i++)
        {
            if (i == _count)
            {
                if (_end == _text.Length)
                {
                    break;
                }
                Fill(Math.Max(_end, from));
                i = 0;
                if (_count == 0)
                {
                    break;
                }
            }
            // Another that begins before the one found may have its letters behind: within the length of a word.
            if (_places[i] - SecretFinder.LongestBeginning >= found.Begins)
            {
                break;
            }
            if (_places[i] >= from)
            {
                SecretFinder.Look(_text, from, _places[i], ref found);
            }
        }
        return found.Begins != FoundSecret.None.Begins;
    }

    private void Fill(int from)
    {
        _from = from;
        _count = SecretFinder.FindPairs(_text, from, _places, out _end);
    }
}
