namespace ApiTools.Repair;

/// <summary>Edits of one text that do not conflict, by where they begin.</summary>
internal sealed class TextEdits
{
    private readonly TextEdit[] _edits;

    /// <param name="edits">Edits of one text, none in conflict with another, in any order.</param>
    public TextEdits(IEnumerable<TextEdit> edits) => _edits = [.. edits.OrderBy(edit => edit.Start)];

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
        int grown = 0;
        foreach (TextEdit edit in _edits)
        {
            if (offset < edit.Start + grown)
            {
                break;
            }
            if (offset < edit.Start + grown + edit.Text.Length)
            {
                return edit.Start;
            }
            grown += edit.Text.Length - (edit.End - edit.Start);
        }
        return offset - grown;
    }
}
