namespace ApiTools.Validation;

/// <summary>
/// A text that is edited from its beginning to its end: what lies before the place is done, and its room is used for what is put in, so that all
/// edits together move each byte a few times only.
/// </summary>
internal sealed class MendBuffer(byte[] text)
{
    private byte[] _done = new byte[text.Length + 64];
    private byte[] _rest = text.AsSpan().ToArray();
    private int _start;

    /// <summary>The length of what is done.</summary>
    public int Done { get; private set; }

    /// <summary>The last byte of it; 0 where nothing is done.</summary>
    public byte LastDone => Done > 0 ? _done[Done - 1] : (byte)0;

    /// <summary>What is not done yet.</summary>
    public Span<byte> Rest => _rest.AsSpan(_start);

    /// <summary>Moves bytes from the rest to what is done.</summary>
    public void Advance(int count)
    {
        if (Done + count > _done.Length)
        {
            Array.Resize(ref _done, Math.Max(_done.Length * 2, Done + count));
        }
        _rest.AsSpan(_start, count).CopyTo(_done.AsSpan(Done));
        Done += count;
        _start += count;
    }

    /// <summary>Edits the rest.</summary>
    public void Apply(SyntaxMend mend)
    {
        int grows = mend.Replacement.Length - mend.Length;
        if (grows > _start)
        {
            MakeRoom(grows);
        }
        _rest.AsSpan(_start, mend.Offset).CopyTo(_rest.AsSpan(_start - grows));
        _start -= grows;
        mend.Replacement.CopyTo(Rest.Slice(mend.Offset));
    }

    /// <summary>The whole text.</summary>
    public byte[] ToArray()
    {
        Advance(_rest.Length - _start);
        return _done.AsSpan(0, Done).ToArray();
    }

    private void MakeRoom(int wanted)
    {
        int room = Math.Max(wanted, (_rest.Length / 2) + 64);
        byte[] larger = new byte[room + _rest.Length - _start];
        Rest.CopyTo(larger.AsSpan(room));
        _rest = larger;
        _start = room;
    }
}
