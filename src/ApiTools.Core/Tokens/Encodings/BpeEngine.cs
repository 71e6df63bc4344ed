using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ApiTools.Tokens;

/// <summary>
/// Counts and encodes: cuts a text into pre-tokens, most of which are tokens as they stand and are found by one look. The others are merged: the short
/// ones by <see cref="RankMerger"/>, the long ones by <see cref="Backtracker"/>. <see cref="PlainBpe"/> says what must come out. Thread-safe.
/// </summary>
internal sealed class BpeEngine
{
    // How many pre-tokens are cut at once, and how many ids are asked room for.
    private const int BatchSize = 256;

    private readonly TokenIndex _index;
    private readonly bool _isO200k;

    /// <param name="index">The tokens.</param>
    /// <param name="isO200k">Whether texts are cut into pre-tokens as o200k does; else as cl100k does.</param>
    public BpeEngine(TokenIndex index, bool isO200k)
    {
        _index = index;
        _isO200k = isO200k;
    }

    /// <summary>The tokens.</summary>
    public Vocabulary Vocabulary => _index.Vocabulary;

    /// <summary>How many tokens a text is, in well-formed UTF-8.</summary>
    [MethodImpl(Jit.Hot)]
    [SkipLocalsInit]
    public long Count(ReadOnlySpan<byte> utf8)
    {
        TokenIndex index = _index;
        WordCache words = WordCache.OfThread(_isO200k);
        Span<int> ends = stackalloc int[BatchSize];
        ref byte text = ref MemoryMarshal.GetReference(utf8);
        // A key is read from 16 bytes: those of the text's last 15 are read from a copy with room behind it.
        Span<byte> tail = stackalloc byte[2 * TokenKey.Window];
        int tailStart = Math.Max(0, utf8.Length - TokenKey.Window);
        utf8.Slice(tailStart).CopyTo(tail);
        long count = 0;
        int start = 0;
        while (start < utf8.Length)
        {
            int batch = PreTokenSplitter.Split(utf8, start, ends, _isO200k);
            for (int i = 0; i < batch; i++)
            {
                int length = ends[i] - start;
                scoped ref byte first = ref Unsafe.Add(ref text, start);
                if (length <= TokenKey.MaxLength)
                {
                    if (start >= tailStart)
                    {
                        first = ref tail[start - tailStart];
                    }
                    TokenKey key = TokenKey.Read(ref first, length);
                    count += index.Find(key) >= 0 ? 1 : CountWord(words, key, ref first, length);
                }
                else
                {
                    count += CountPreToken(utf8, start, length);
                }
                start += length;
            }
        }
        return count;
    }

    /// <summary>Writes the ids of a text's tokens, in well-formed UTF-8.</summary>
    [SkipLocalsInit]
    public void Encode(ReadOnlySpan<byte> utf8, IBufferWriter<int> ids)
    {
        Span<int> ends = stackalloc int[BatchSize];
        Span<int> room = ids.GetSpan(BatchSize);
        int used = 0;
        int start = 0;
        while (start < utf8.Length)
        {
            int batch = PreTokenSplitter.Split(utf8, start, ends, _isO200k);
            for (int i = 0; i < batch; i++)
            {
                int length = ends[i] - start;
                if (length > room.Length - used)
                {
                    ids.Advance(used);
                    room = ids.GetSpan(Math.Max(length, BatchSize));
                    used = 0;
                }
                used += EncodePreToken(utf8, start, length, room.Slice(used));
                start += length;
            }
        }
        ids.Advance(used);
    }

    /// <summary>How many tokens one pre-token is.</summary>
    public int CountPreToken(ReadOnlySpan<byte> preToken) => preToken.IsEmpty ? 0 : CountPreToken(preToken, 0, preToken.Length);

    /// <summary>Writes the ids of one pre-token's tokens into a room for as many as it has bytes, and returns how many there are.</summary>
    public int EncodePreToken(ReadOnlySpan<byte> preToken, Span<int> ids) => preToken.IsEmpty ? 0 : EncodePreToken(preToken, 0, preToken.Length, ids);

    [SkipLocalsInit]
    private int CountWord(WordCache words, TokenKey word, ref byte first, int length)
    {
        int count = words.Find(word);
        if (count == 0)
        {
            Unsafe.SkipInit(out MergeRoom room);
            count = Bits.Count(_index.Merger.Encode(ref first, length, ref room, out _));
            words.Set(word, count);
        }
        return count;
    }

    [SkipLocalsInit]
    private int CountPreToken(ReadOnlySpan<byte> utf8, int start, int length)
    {
        ReadOnlySpan<byte> preToken = utf8.Slice(start, length);
        if (utf8.Length - start < length + TokenKey.Window)
        {
            // What is read behind it has to be ours.
            byte[] copy = ArrayPool<byte>.Shared.Rent(length + TokenKey.Window);
            preToken.CopyTo(copy);
            int copied = CountPreToken(copy, 0, length);
            ArrayPool<byte>.Shared.Return(copy);
            return copied;
        }
        if (FindWhole(preToken) >= 0)
        {
            return 1;
        }
        Unsafe.SkipInit(out MergeRoom room);
        ulong left = _index.Merger.Encode(ref MemoryMarshal.GetReference(preToken), length, ref room, out int taken);
        if (taken == length)
        {
            return Bits.Count(left);
        }
        int[] ids = ArrayPool<int>.Shared.Rent(length);
        int count = Backtrack(preToken, ids);
        ArrayPool<int>.Shared.Return(ids);
        return count;
    }

    [SkipLocalsInit]
    private int EncodePreToken(ReadOnlySpan<byte> utf8, int start, int length, Span<int> ids)
    {
        ReadOnlySpan<byte> preToken = utf8.Slice(start, length);
        if (utf8.Length - start < length + TokenKey.Window)
        {
            byte[] copy = ArrayPool<byte>.Shared.Rent(length + TokenKey.Window);
            preToken.CopyTo(copy);
            int copied = EncodePreToken(copy, 0, length, ids);
            ArrayPool<byte>.Shared.Return(copy);
            return copied;
        }
        if (FindWhole(preToken) is int whole && whole >= 0)
        {
            ids[0] = whole;
            return 1;
        }
        Unsafe.SkipInit(out MergeRoom room);
        ulong left = _index.Merger.Encode(ref MemoryMarshal.GetReference(preToken), length, ref room, out int taken);
        if (taken < length)
        {
            return Backtrack(preToken, ids);
        }
        int count = 0;
        for (; left != 0; left &= left - 1)
        {
            ids[count++] = room.Id(Bits.Lowest(left));
        }
        return count;
    }

    private int FindWhole(ReadOnlySpan<byte> preToken)
    {
        ref byte first = ref MemoryMarshal.GetReference(preToken);
        return preToken.Length <= TokenKey.MaxLength
            ? _index.Find(TokenKey.Read(ref first, preToken.Length))
            : _index.FindLong(ref first, preToken.Length);
    }

    private int Backtrack(ReadOnlySpan<byte> preToken, Span<int> ids)
    {
        int size = Backtracker.Marks(preToken.Length);
        ulong[] marks = ArrayPool<ulong>.Shared.Rent(size);
        marks.AsSpan(0, size).Clear();
        int count = new Backtracker(_index, preToken, ids, marks).Encode();
        ArrayPool<ulong>.Shared.Return(marks);
        return count;
    }
}
