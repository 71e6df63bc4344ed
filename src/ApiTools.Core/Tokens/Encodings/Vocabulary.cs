using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ApiTools.Tokens;

/// <summary>
/// The tokens of an encoding: the bytes of each, and of what two it is made. A token's id is its merge's rank: the lower, the earlier it is made.
/// Read from the file that tools/TokenTables writes.
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>The first so many tokens are the single bytes.</summary>
    public const int Singles = 256;

    /// <summary>How many bytes behind the last token's may be read.</summary>
    public const int Padding = 16;

    private readonly byte[] _bytes;
    private readonly int[] _starts;

    private Vocabulary(int count)
    {
        Count = count;
        Merges = new Merge[count];
        _starts = new int[count + 1];
        _bytes = [];
    }

    private Vocabulary(byte[] file)
        : this(MemoryMarshal.Read<int>(file))
    {
        ReadMerges(file);
        _bytes = new byte[_starts[Count] + Padding];
        for (int id = 0; id < Singles; id++)
        {
            _bytes[id] = file[sizeof(int) + id];
            ByteIds[_bytes[id]] = id;
        }
        WriteBytes();
    }

    /// <summary>How many there are; their ids are 0 to one less.</summary>
    public int Count { get; }

    /// <summary>What two each is made of.</summary>
    public Merge[] Merges { get; }

    /// <summary>The token of each single byte.</summary>
    public int[] ByteIds { get; } = new int[Singles];

    /// <summary>The first byte of the token <paramref name="id"/>; at least <see cref="Padding"/> more may be read behind its last.</summary>
    [MethodImpl(Jit.Inline)]
    public ref byte First(int id) => ref _bytes[_starts[id]];

    /// <summary>How many bytes it has.</summary>
    [MethodImpl(Jit.Inline)]
    public int Length(int id) => _starts[id + 1] - _starts[id];

    /// <summary>The bytes of the token <paramref name="id"/>.</summary>
    public ReadOnlySpan<byte> Bytes(int id) => _bytes.AsSpan(_starts[id], Length(id));

    /// <summary>Reads an embedded file by its name without extension.</summary>
    public static Vocabulary Read(string name)
    {
        using Stream resource = typeof(Vocabulary).Assembly.GetManifestResourceStream(name + ".merges")
            ?? throw new InvalidOperationException($"{name}.merges is not embedded.");
        byte[] file = new byte[resource.Length];
        int length = 0;
        while (length < file.Length)
        {
            length += resource.Read(file, length, file.Length - length);
        }
        return new Vocabulary(file);
    }

    // Two numbers for each token behind the single bytes, in as many bits each as the id below its own needs; and how long it gets by them.
    [MethodImpl(Jit.Hot)]
    private void ReadMerges(byte[] file)
    {
        Merge[] merges = Merges;
        int[] starts = _starts;
        for (int id = 0; id < Singles; id++)
        {
            merges[id] = new Merge(id, id);
            starts[id + 1] = id + 1;
        }
        long bit = (sizeof(int) + Singles) * 8;
        int width = 8;
        for (int id = Singles; id < merges.Length; id++)
        {
            width += (id - 1) >> width;
            ulong bits = Unsafe.ReadUnaligned<ulong>(ref file[bit >> 3]) >> (int)(bit & 7);
            int mask = (1 << width) - 1;
            Merge merge = new((int)bits & mask, (int)(bits >> width) & mask);
            merges[id] = merge;
            starts[id + 1] = starts[id] + Length(merge.Left) + Length(merge.Right);
            bit += 2 * width;
        }
    }

    // A token has the bytes of its left part and then those of its right one. Eight are copied at once: what is too much is the next one's.
    [MethodImpl(Jit.Hot)]
    private void WriteBytes()
    {
        Merge[] merges = Merges;
        int[] starts = _starts;
        byte[] bytes = _bytes;
        for (int id = Singles; id < merges.Length; id++)
        {
            int to = starts[id];
            to = Copy(bytes, starts, merges[id].Left, to);
            Copy(bytes, starts, merges[id].Right, to);
        }
    }

    [MethodImpl(Jit.Inline)]
    private static int Copy(byte[] bytes, int[] starts, int part, int to)
    {
        int from = starts[part];
        int length = starts[part + 1] - from;
        for (int done = 0; done < length; done += sizeof(ulong))
        {
            Unsafe.WriteUnaligned(ref bytes[to + done], Unsafe.ReadUnaligned<ulong>(ref bytes[from + done]));
        }
        return to + length;
    }
}
