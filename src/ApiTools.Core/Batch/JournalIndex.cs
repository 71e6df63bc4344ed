namespace ApiTools.Batch;

/// <summary>Where the last line of each input stands in a journal; of one that has its answer, the line with the answer.</summary>
internal sealed class JournalIndex
{
    // An offset, doubled, plus one where the line is an answer: 16 bytes of id and 8 of place for each input.
    private readonly Dictionary<EntryId, long> _places = [];

    /// <summary>How many inputs have an answer.</summary>
    public int Answered { get; private set; }

    /// <summary>How many inputs have none, and failed when they were last tried.</summary>
    public int Failed => _places.Count - Answered;

    /// <summary>Adds a line; an answer stays what it is, whatever follows.</summary>
    public void Add(EntryId id, long offset, bool isAnswered)
    {
        bool isKnown = _places.TryGetValue(id, out long known);
        if (isKnown && (known & 1) != 0 && !isAnswered)
        {
            return;
        }
        if (isAnswered && (known & 1) == 0)
        {
            Answered++;
        }
        _places[id] = (offset << 1) | (isAnswered ? 1L : 0L);
    }

    /// <summary>Where the line of an input begins; null where there is none.</summary>
    public long? Find(EntryId id) => _places.TryGetValue(id, out long place) ? place >> 1 : null;
}
