namespace ApiTools.Repair;

/// <summary>Edits of one text that do not conflict, by where they begin.</summary>
internal sealed class TextEdits
{
    private readonly TextEdit[] _edits;

    // Where each edit begins in the edited text.
    private readonly int[] _starts;

    /// <param name="edits">Edits of one text, none in conflict with another, in any order.</param>
    public TextEdits(IEnumerable<TextEdit> edits)
    {
        _edits = [.. edits.OrderBy(edit => edit.Start)];
        _starts = new int[_edits.Length];
        int grown = 0;
        for (int i = 0; i < _edits.Length; i++)
        {
            _starts[i] = _edits[i].Start + grown;
            grown += _edits[i].Text.Length - (_edits[i].End - _edits[i].Start);
        }
    }

    /// <summary>The text with the edits made; every byte outside them is kept.</summary>
    public byte[] Apply(ReadOnlySpan<byte> text)
    {
        long length = text.Length + _edits.Sum(edit => (long)edit.Text.Length - (edit.End - edit.Start));
        byte[] edited = new byte[checked((int)length)];
        int from = 0;
        int to = 0;
        foreach (TextEdit edit in _edits)
        {
            text.Slice(from, edit.Start - from).CopyTo(edited.AsSpan(to));
            to += edit.Start - from;
            edit.Text.CopyTo(edited, to);
            to += edit.Text.Length;
            from = edit.End;
        }
        text.Slice(from).CopyTo(edited.AsSpan(to));
        return edited;
    }

    /// <summary>Where a byte of the edited text stood before; for one that an edit put in, where that edit began.</summary>
    public int Before(int offset)
    {
        int last = Array.BinarySearch(_starts, offset);
        // Of several that begin there, and of those before it, the last one.
        last = last < 0 ? ~last - 1 : last;
        while (last >= 0 && last + 1 < _starts.Length && _starts[last + 1] <= offset)
        {
            last++;
        }
        if (last < 0)
        {
            return offset;
        }
        TextEdit edit = _edits[last];
        int past = offset - _starts[last] - edit.Text.Length;
        return past < 0 ? edit.Start : edit.End + past;
    }
}
