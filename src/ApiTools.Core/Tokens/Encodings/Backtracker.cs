using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ApiTools.Tokens;

/// <summary>
/// Encodes a long pre-token in time that grows with its length, whatever it is. What the beginning of a text is encoded as is decided by its neighbours two
/// by two, and there is but one encoding that ends at each place. So tokens are put behind each other, each of which stays beside the one before it,
/// until the text ends; where none does, what led there was wrong: that place is dead and never tried again, and the last token goes. (The idea is
/// Hendrik van Antwerpen's and Alexander Neubeck's, in GitHub's "So many tokens, so little time".) What is tried first is what a
/// stretch is encoded as for itself, but for its last tokens; then the longest token that stays.
/// </summary>
internal ref struct Backtracker
{
    // What is behind a stretch changes its last tokens: seldom more than the longest token has bytes.
    private const int Margin = 128;

    private readonly TokenIndex _index;
    private readonly PrefixTable _prefixes;
    private readonly ReadOnlySpan<byte> _text;
    private readonly Span<int> _ids;
    private readonly Span<ulong> _dead;
    private int _count;
    private int _at;

    /// <param name="index">The tokens.</param>
    /// <param name="text">The pre-token, behind which <see cref="TokenKey.Window"/> bytes must be readable.</param>
    /// <param name="ids">Where the ids go: room for as many as there are bytes.</param>
    /// <param name="dead">Room for the places that led nowhere: as many as <see cref="Marks"/> says, all 0.</param>
    public Backtracker(TokenIndex index, ReadOnlySpan<byte> text, Span<int> ids, Span<ulong> dead)
    {
        _index = index;
        _prefixes = index.Prefixes;
        _text = text;
        _ids = ids;
        _dead = dead;
        _count = 0;
        _at = 0;
    }

    /// <summary>How many <see cref="ulong"/> a pre-token of that many bytes needs to mark its places.</summary>
    public static int Marks(int length) => (length >> 6) + 1;

    /// <summary>Writes the ids of the tokens, and returns how many there are.</summary>
    public int Encode()
    {
        while (_at < _text.Length)
        {
            if (!PutStretch())
            {
                Step();
            }
        }
        return _count;
    }

    /// <summary>The same without stretches, whose seams nearly always fit: the tests see by it that what is to be done where one does not is right.</summary>
    internal int EncodeStepByStep()
    {
        while (_at < _text.Length)
        {
            Step();
        }
        return _count;
    }

    // One token further, over another way if need be.
    private void Step()
    {
        while (!PutOne())
        {
            _dead[_at >> 6] |= 1UL << _at;
            _at -= _index.Vocabulary.Length(_ids[--_count]);
        }
    }

    // The tokens of what comes next, encoded for itself; false where not even the first stays, or reaches too near the stretch's end.
    [SkipLocalsInit]
    private bool PutStretch()
    {
        StretchRoom room = new(stackalloc int[StretchRoom.Size]);
        int count = _index.Stretches.Encode(ref Here(), _text.Length - _at, room, out int taken);
        int last = _at + taken == _text.Length ? _text.Length : _at + taken - Margin;
        int put = 0;
        for (; put < count; put++)
        {
            int id = room.Ids[put];
            int end = _at + _index.Vocabulary.Length(id);
            // Within the stretch each stays beside the one before it.
            if (end > last || IsDead(end) || (put == 0 && _count > 0 && !_index.Stay(_ids[_count - 1], id)))
            {
                break;
            }
            Put(id, end);
        }
        return put > 0;
    }

    // The longest token that stays; false where there is none.
    private bool PutOne()
    {
        int next = PrefixTable.Begin;
        for (int most = _text.Length - _at; most > 0;)
        {
            int id = _prefixes.Longest(ref Here(), most, ref next);
            if (PutIfStays(id))
            {
                return true;
            }
            most = _index.Vocabulary.Length(id) - 1;
        }
        return false;
    }

    private bool PutIfStays(int id)
    {
        int end = _at + _index.Vocabulary.Length(id);
        bool stays = !IsDead(end) && (_count == 0 || _index.Stay(_ids[_count - 1], id));
        if (stays)
        {
            Put(id, end);
        }
        return stays;
    }

    private void Put(int id, int end)
    {
        _ids[_count++] = id;
        _at = end;
    }

    private readonly bool IsDead(int at) => ((_dead[at >> 6] >> at) & 1) != 0;

    private readonly ref byte Here() => ref Unsafe.Add(ref MemoryMarshal.GetReference(_text), _at);
}
