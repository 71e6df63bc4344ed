namespace ApiTools.Chat;

/// <summary>One tool call under construction.</summary>
internal sealed class ToolCallBuilder(int? serviceIndex)
{
    private string _id = string.Empty;
    private string _name = string.Empty;
    private bool _idIsNew;
    private bool _nameIsNew;

    /// <summary>The index that the service gave it; null where it gave none.</summary>
    public int? ServiceIndex { get; } = serviceIndex;

    public string Id
    {
        get => _id;
        set => (_id, _idIsNew) = (value, value != _id || _idIsNew);
    }

    public string Name
    {
        get => _name;
        set => (_name, _nameIsNew) = (value, value != _name || _nameIsNew);
    }

    public TextBuffer Arguments { get; } = new();

    /// <summary>What is new since the last chunk; null where nothing is.</summary>
    public ChatToolCallChunk? TakeChunk(int place)
    {
        if (!_idIsNew && !_nameIsNew && !Arguments.HasNew)
        {
            return null;
        }
        ChatToolCallChunk chunk = new(place, _idIsNew ? _id : null, _nameIsNew ? _name : null, Arguments.TakeNew());
        _idIsNew = _nameIsNew = false;
        return chunk;
    }

    /// <summary>The call. Asked once, at the end.</summary>
    public ChatToolCall Build() => new(_id, _name, Arguments.Finish());
}
