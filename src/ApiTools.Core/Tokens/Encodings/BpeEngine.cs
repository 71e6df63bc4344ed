using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ApiTools.Tokens;

/// <summary>
/// Counts and encodes: cuts a text into pre-tokens, most of which are tokens as they stand and are found by one look; <see cref="Backtracker"/>
/// has the rest. <see cref="PlainBpe"/> says what must come out.
/// </summary>
internal sealed class BpeEngine
{
    // A pre-token of up to that many bytes needs nothing but the stack.
    private const int StackBytes = 256;

    // How many ids are asked room for at once.
    private const int RoomSize = 256;

    // How many pre-tokens are cut at once: what is looked up then depends on nothing but memory, and the processor looks several up at a time.
    private const int SplitSize = 128;

    private readonly TokenIndex _index;

    public BpeEngine(TokenIndex index) => _index = index;

    /// <summary>The tokens.</summary>
    public Vocabulary Vocabulary => _index.Vocabulary;

    /// <summary>How many tokens a text is, in well-formed UTF-8.</summary>
    [MethodImpl(Jit.Hot)]
    [SkipLocalsInit]
    public long Count<TPreTokenizer>(ReadOnlySpan<byte> utf8)
        where TPreTokenizer : struct, IPreTokenizer
    {
        TPreTokenizer preTokenizer = default;
        TokenIndex index = _index;
        long count = 0;
        int start = 0;
        ref byte text = ref MemoryMarshal.GetReference(utf8);
        Span<int> ends = stackalloc int[SplitSize];
        while (start < utf8.Length)
        {
            foreach (int end in ends.Slice(0, preTokenizer.Split(utf8, start, ends)))
            {
                int length = end - start;
                ref byte first = ref Unsafe.Add(ref text, start);
                if (length <= TokenKey.MaxLength && start + TokenKey.Window <= utf8.Length && index.Find(TokenKey.Read(ref first, length)) >= 0)
                {
                    count++;
                }
                else
                {
                    count += CountPreToken(ref first, length, utf8.Length - start);
                }
                start = end;
            }
        }
        return count;
    }

    /// <summary>Writes the ids of a text's tokens, in well-formed UTF-8.</summary>
    [MethodImpl(Jit.Hot)]
    [SkipLocalsInit]
    public void Encode<TPreTokenizer>(ReadOnlySpan<byte> utf8, IBufferWriter<int> ids)
        where TPreTokenizer : struct, IPreTokenizer
    {
        TPreTokenizer preTokenizer = default;
        ref byte text = ref MemoryMarshal.GetReference(utf8);
        Span<int> room = ids.GetSpan(RoomSize);
        int used = 0;
        int start = 0;
        Span<int> ends = stackalloc int[SplitSize];
        while (start < utf8.Length)
        {
            foreach (int end in ends.Slice(0, preTokenizer.Split(utf8, start, ends)))
            {
                int length = end - start;
                if (length > room.Length - used)
                {
                    ids.Advance(used);
                    room = ids.GetSpan(Math.Max(length, RoomSize));
                    used = 0;
                }
                used += Encode(ref Unsafe.Add(ref text, start), length, utf8.Length - start, room.Slice(used));
                start = end;
            }
        }
        ids.Advance(used);
    }

    /// <summary>How many tokens one pre-token is.</summary>
    public int CountPreToken(ReadOnlySpan<byte> preToken) => preToken.IsEmpty ? 0 : CountPreToken(ref MemoryMarshal.GetReference(preToken), preToken.Length, preToken.Length);

    /// <summary>Writes the ids of one pre-token's tokens into a room for as many as it has bytes, and returns how many there are.</summary>
    [SkipLocalsInit]
    public int EncodePreToken(ReadOnlySpan<byte> preToken, Span<int> ids)
    {
        if (preToken.IsEmpty)
        {
            return 0;
        }
        return Encode(ref MemoryMarshal.GetReference(preToken), preToken.Length, preToken.Length, ids);
    }

    private int CountPreToken(ref byte first, int length, int readable)
    {
        if (length > StackBytes)
        {
            int[] rented = ArrayPool<int>.Shared.Rent(length);
            int count = Encode(ref first, length, readable, rented);
            ArrayPool<int>.Shared.Return(rented);
            return count;
        }
        return CountOnStack(ref first, length, readable);
    }

    [SkipLocalsInit]
    private int CountOnStack(ref byte first, int length, int readable)
    {
        Span<int> ids = stackalloc int[StackBytes];
        return Encode(ref first, length, readable, ids);
    }

    [SkipLocalsInit]
    private int Encode(ref byte first, int length, int readable, Span<int> ids)
    {
        // What is read behind the text has to be ours.
        if (readable < length + TokenKey.Window)
        {
            if (length <= StackBytes)
            {
                Span<byte> copy = stackalloc byte[StackBytes + TokenKey.Window];
                Unsafe.CopyBlockUnaligned(ref copy[0], ref first, (uint)length);
                return EncodeReadable(ref copy[0], length, ids);
            }
            byte[] rented = ArrayPool<byte>.Shared.Rent(length + TokenKey.Window);
            Unsafe.CopyBlockUnaligned(ref rented[0], ref first, (uint)length);
            int count = EncodeReadable(ref rented[0], length, ids);
            ArrayPool<byte>.Shared.Return(rented);
            return count;
        }
        return EncodeReadable(ref first, length, ids);
    }

    private int EncodeReadable(ref byte first, int length, Span<int> ids)
    {
        int whole = length <= TokenKey.MaxLength ? _index.Find(TokenKey.Read(ref first, length)) : _index.FindLong(ref first, length);
        if (whole >= 0)
        {
            ids[0] = whole;
            return 1;
        }
        return length <= StackBytes ? MergeOnStack(ref first, length, ids) : MergeLong(ref first, length, ids);
    }

    private int MergeOnStack(ref byte first, int length, Span<int> ids)
    {
        Span<ulong> marks = stackalloc ulong[StackBytes / 64 + 1];
        marks.Clear();
        return new Backtracker(_index, marks).Encode(ref first, length, ids);
    }

    private int MergeLong(ref byte first, int length, Span<int> ids)
    {
        int size = Backtracker.Marks(length);
        ulong[] marks = ArrayPool<ulong>.Shared.Rent(size);
        marks.AsSpan(0, size).Clear();
        int count = new Backtracker(_index, marks).Encode(ref first, length, ids);
        ArrayPool<ulong>.Shared.Return(marks);
        return count;
    }
}
