using System.Runtime.InteropServices;

namespace ApiTools.Tokens;

/// <summary>Where <see cref="StretchMerger"/> works, for each part: its id, its key, and the indices of its neighbours.</summary>
internal readonly ref struct StretchRoom
{
    /// <summary>How many numbers of four bytes it takes.</summary>
    public const int Size = 4 * StretchMerger.MaxParts + KeyRow.Width;

    /// <summary>A room in some memory, of <see cref="Size"/>.</summary>
    public StretchRoom(Span<int> memory)
    {
        Ids = memory.Slice(0, StretchMerger.MaxParts);
        Next = memory.Slice(StretchMerger.MaxParts, StretchMerger.MaxParts);
        Previous = memory.Slice(2 * StretchMerger.MaxParts, StretchMerger.MaxParts);
        Keys = MemoryMarshal.Cast<int, uint>(memory.Slice(3 * StretchMerger.MaxParts));
    }

    /// <summary>The ids.</summary>
    public Span<int> Ids { get; }

    /// <summary>The index of the part behind.</summary>
    public Span<int> Next { get; }

    /// <summary>The index of the part before.</summary>
    public Span<int> Previous { get; }

    /// <summary>The keys.</summary>
    public Span<uint> Keys { get; }
}
