using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ApiTools.Tokens;

/// <summary>
/// The tokens that are one character of two or three bytes, and between which bytes such a character is certain to become a token before anything else
/// happens to it. Nearly everywhere: few tokens hold a part of a character together with some of its neighbour, and where none does, the merges within
/// a character and those between characters do not touch each other. So merging can begin with characters.
/// </summary>
internal sealed class CharTokens
{
    private const int None = -1;
    private const int CodePoints = 0x10000;

    // By code point.
    private readonly int[] _ids = new int[CodePoints];

    // A bit for each two bytes that are beside each other, as the last of a character and the first of the next, in a token that begins or ends
    // within a character.
    private readonly ulong[] _risky = new ulong[CodePoints / 64];

    public CharTokens(Vocabulary vocabulary)
    {
        _ids.AsSpan().Fill(None);
        AddAll(vocabulary);
    }

    /// <summary>The token that a character of two or three bytes is; -1 where it is none, or has more bytes.</summary>
    [MethodImpl(Jit.Inline)]
    public int Find(uint bytes, int length) =>
        length < 4 ? Unsafe.Add(ref MemoryMarshal.GetReference(_ids.AsSpan()), CodePoint(bytes, length)) : None;

    /// <summary>Whether a token may reach from within one character over its end or begin, where these two bytes meet.</summary>
    [MethodImpl(Jit.Inline)]
    public bool IsRisky(byte left, byte right) =>
        ((Unsafe.Add(ref MemoryMarshal.GetReference(_risky.AsSpan()), (left << 2) | (right >> 6)) >> right) & 1) != 0;

    [MethodImpl(Jit.Hot)]
    private void AddAll(Vocabulary vocabulary)
    {
        for (int id = 0; id < vocabulary.Count; id++)
        {
            ref byte first = ref vocabulary.First(id);
            // ASCII begins and ends with whole characters.
            if ((first | Unsafe.Add(ref first, vocabulary.Length(id) - 1)) >= 0x80)
            {
                AddWide(vocabulary.Bytes(id), id);
            }
        }
    }

    [MethodImpl(Jit.Hot)]
    private void AddWide(ReadOnlySpan<byte> token, int id)
    {
        int first = 0;
        while (first < token.Length && Utf8Sequence.IsContinuation(token[first]))
        {
            first++;
        }
        int last = token.Length - 1;
        while (last > 0 && Utf8Sequence.IsContinuation(token[last]))
        {
            last--;
        }
        bool isWhole = first == 0 && last + Utf8Sequence.Length(token[last]) == token.Length;
        if (isWhole && last == 0 && token.Length is 2 or 3)
        {
            uint bytes = token[0] | ((uint)token[1] << 8) | (token.Length == 3 ? (uint)token[2] << 16 : 0);
            _ids[CodePoint(bytes, token.Length)] = id;
        }
        for (int at = 1; !isWhole && at < token.Length; at++)
        {
            if (!Utf8Sequence.IsContinuation(token[at]))
            {
                _risky[(token[at - 1] << 2) | (token[at] >> 6)] |= 1UL << token[at];
            }
        }
    }

    [MethodImpl(Jit.Inline)]
    private static int CodePoint(uint bytes, int length) =>
        length == 2
            ? (int)(((bytes & 0x1F) << 6) | ((bytes >> 8) & 0x3F))
            : (int)(((bytes & 0x0F) << 12) | ((bytes >> 2) & 0xFC0) | ((bytes >> 16) & 0x3F));
}
