namespace ApiTools.Repair;

/// <summary>One edit of a UTF-8 text: the bytes from <paramref name="Start"/> to before <paramref name="End"/> become <paramref name="Text"/>.</summary>
internal readonly record struct TextEdit(int Start, int End, byte[] Text)
{
    /// <summary>True where two edits of one text cannot both be made: they share a byte, or one inserts where the other begins or ends.</summary>
    public bool Conflicts(TextEdit other)
    {
        bool touch = Start == End || other.Start == other.End;
        return touch ? Start <= other.End && other.Start <= End : Start < other.End && other.Start < End;
    }

    /// <summary>True where the edit leaves a text as it is.</summary>
    public bool ChangesNothing(ReadOnlySpan<byte> text) => text.Slice(Start, End - Start).SequenceEqual(Text);
}
