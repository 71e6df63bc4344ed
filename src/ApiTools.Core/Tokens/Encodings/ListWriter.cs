using System.Buffers;

namespace ApiTools.Tokens;

/// <summary>Writes into a list what is made for a buffer.</summary>
internal sealed class ListWriter : IBufferWriter<int>
{
    private readonly List<int> _list;
    private int[] _room = [];

    public ListWriter(List<int> list) => _list = list;

    /// <inheritdoc/>
    public void Advance(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _list.Add(_room[i]);
        }
    }

    /// <inheritdoc/>
    public Memory<int> GetMemory(int sizeHint = 0)
    {
        if (_room.Length < Math.Max(sizeHint, 1))
        {
            _room = new int[Math.Max(sizeHint, 256)];
        }
        return _room;
    }

    /// <inheritdoc/>
    public Span<int> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
