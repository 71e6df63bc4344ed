using System.Diagnostics.CodeAnalysis;

namespace ApiTools.Tokens;

/// <summary>The parts that <see cref="RankMerger"/> merges, on the caller's stack, where nothing has to be cleared: an id and a key for each.</summary>
internal unsafe struct MergeRoom
{
    private fixed int _ids[RankMerger.MaxParts];
    private fixed uint _keys[RankMerger.MaxParts + KeyRow.Width];

    /// <summary>The first id.</summary>
    [UnscopedRef]
    public ref int Ids => ref _ids[0];

    /// <summary>The first key.</summary>
    [UnscopedRef]
    public ref uint Keys => ref _keys[0];

    /// <summary>The id of a part.</summary>
    public readonly int Id(int part) => _ids[part];
}
