namespace ApiTools.Repair;

/// <summary>The edits that a text has gone through, so that a place in what it became can be told in what it was.</summary>
internal sealed class EditHistory
{
    private readonly List<TextEdits> _rounds = [];

    /// <summary>Makes edits, none in conflict with another; the same bytes where they change nothing.</summary>
    public byte[] Make(byte[] text, IReadOnlyList<TextEdit> edits)
    {
        if (edits.All(edit => edit.ChangesNothing(text)))
        {
            return text;
        }
        TextEdits round = new(edits);
        _rounds.Add(round);
        return round.Apply(text);
    }

    /// <summary>Takes note of edits that were made elsewhere.</summary>
    public void Add(IEnumerable<TextEdit> edits) => _rounds.Add(new TextEdits(edits));

    /// <summary>Where a byte of the text as it is now stood in the text as it was at first.</summary>
    public int AtFirst(int offset)
    {
        for (int i = _rounds.Count - 1; i >= 0; i--)
        {
            offset = _rounds[i].Before(offset);
        }
        return offset;
    }
}
