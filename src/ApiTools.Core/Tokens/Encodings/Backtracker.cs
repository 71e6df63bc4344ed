using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>
/// Encodes a pre-token that is no token itself, in time that grows with its length, however long it is. From left to right it takes the longest token that
/// stays beside the one before it; where none does, what led there was wrong, and the token before is shortened. That is exact: what the beginning
/// of a text is encoded as is decided by its neighbours two by two, and there is but one encoding that ends at each place. So no place
/// that led nowhere is tried twice. (The idea is Hendrik van Antwerpen's and Alexander Neubeck's, in GitHub's "So many tokens, so little time".)
/// </summary>
internal readonly ref struct Backtracker
{
    /// <summary>How many <see cref="ulong"/> a pre-token of that many bytes needs to mark its places.</summary>
    public static int Marks(int length) => (length >> 6) + 1;

    private readonly TokenIndex _index;
    private readonly PrefixTable _prefixes;
    private readonly Span<ulong> _dead;

    /// <param name="index">The tokens.</param>
    /// <param name="dead">Room for the places that led nowhere: as many as <see cref="Marks"/> says, all 0.</param>
    public Backtracker(TokenIndex index, Span<ulong> dead)
    {
        _index = index;
        _prefixes = index.Prefixes;
        _dead = dead;
    }

    /// <summary>Writes the ids of the tokens, of which there are no more than bytes, and returns how many. <see cref="TokenKey.Window"/> bytes behind the last must be readable.</summary>
    [MethodImpl(Jit.Hot)]
    public int Encode(ref byte text, int length, Span<int> ids)
    {
        Vocabulary vocabulary = _index.Vocabulary;
        int count = 0;
        int at = 0;
        int id = _prefixes.Longest(ref text, length);
        while (true)
        {
            int size = vocabulary.Length(id);
            int end = at + size;
            if (!IsDead(end) && (count == 0 || _index.Stay(ids[count - 1], id)))
            {
                ids[count++] = id;
                if (end == length)
                {
                    return count;
                }
                at = end;
                id = _prefixes.Longest(ref Unsafe.Add(ref text, at), length - at);
            }
            else if (size > 1)
            {
                id = _prefixes.Longest(ref Unsafe.Add(ref text, at), size - 1);
            }
            else
            {
                _dead[at >> 6] |= 1UL << at;
                id = ids[--count];
                at -= vocabulary.Length(id);
            }
        }
    }

    [MethodImpl(Jit.Inline)]
    private bool IsDead(int at) => ((_dead[at >> 6] >> at) & 1) != 0;
}
