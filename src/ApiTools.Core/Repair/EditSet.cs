namespace ApiTools.Repair;

/// <summary>Edits of one text that do not conflict, by where they begin, so that a new one has to be compared with its neighbours only.</summary>
internal sealed class EditSet
{
    private readonly SortedList<int, TextEdit> _byStart = [];

    /// <summary>The edits.</summary>
    public IReadOnlyList<TextEdit> Edits => [.. _byStart.Values];

    /// <summary>Adds an edit that conflicts with none.</summary>
    public void Add(TextEdit edit) => _byStart.Add(edit.Start, edit);

    /// <summary>Whether an edit conflicts with one that was added.</summary>
    public bool Conflicts(TextEdit edit)
    {
        int after = FirstFrom(edit.Start);
        return (after < _byStart.Count && _byStart.Values[after].Conflicts(edit)) || (after > 0 && _byStart.Values[after - 1].Conflicts(edit));
    }

    private int FirstFrom(int start)
    {
        IList<int> starts = _byStart.Keys;
        int low = 0;
        int high = starts.Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = starts[middle] < start ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
