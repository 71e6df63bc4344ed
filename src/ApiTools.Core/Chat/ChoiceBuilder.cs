namespace ApiTools.Chat;

/// <summary>One choice under construction.</summary>
internal sealed class ChoiceBuilder(int index)
{
    private readonly List<ToolCallBuilder> _toolCalls = [];
    private string? _finishReason;
    private bool _finishIsNew;

    public int Index { get; } = index;

    /// <summary>True where an event spoke of it since its last chunk was taken, be it with nothing new.</summary>
    public bool IsTouched { get; set; }

    public TextBuffer Content { get; } = new();

    public TextBuffer Refusal { get; } = new();

    public TextBuffer Reasoning { get; } = new();

    public string? FinishReason
    {
        get => _finishReason;
        set
        {
            _finishReason = value;
            _finishIsNew = true;
        }
    }

    public bool HasContent => Content.Length > 0 || Refusal.Length > 0 || Reasoning.Length > 0 || _toolCalls.Count > 0;

    public int ToolCallCount => _toolCalls.Count;

    /// <summary>The call that a piece belongs to; null where it begins a new one.</summary>
    /// <param name="toolIndex">The piece's index; null where it has none.</param>
    /// <param name="id">The piece's id; null or empty where it has none.</param>
    /// <remarks>
    /// Pieces share an index. Some services count none, or 0 for every call (Gemini), and tell calls apart by their ids; a piece with
    /// neither goes on with the last call.
    /// </remarks>
    public ToolCallBuilder? FindToolCall(int? toolIndex, string? id)
    {
        ToolCallBuilder? call = toolIndex is null && string.IsNullOrEmpty(id) ? _toolCalls.LastOrDefault()
            : toolIndex is null ? _toolCalls.FindLast(known => known.Id == id)
            : _toolCalls.FindLast(known => known.ServiceIndex == toolIndex);
        return call is null || string.IsNullOrEmpty(id) || call.Id.Length == 0 || call.Id == id ? call : null;
    }

    /// <summary>A new call.</summary>
    public ToolCallBuilder AddToolCall(int? toolIndex)
    {
        ToolCallBuilder call = new(toolIndex);
        _toolCalls.Add(call);
        return call;
    }

    /// <summary>What is new since the last chunk.</summary>
    public ChatCompletionChunk TakeChunk(string? id, string? model, ChatUsage? usage)
    {
        ChatCompletionChunk chunk = new(id, model, Index, usage)
        {
            Content = Content.HasNew ? Content.TakeNew() : string.Empty,
            Refusal = Refusal.HasNew ? Refusal.TakeNew() : null,
            Reasoning = Reasoning.HasNew ? Reasoning.TakeNew() : null,
            ToolCalls = _toolCalls.Count == 0 ? [] : [.. TakeToolCalls()],
            FinishReason = _finishIsNew ? _finishReason : null,
        };
        _finishIsNew = false;
        IsTouched = false;
        return chunk;
    }

    /// <summary>The choice. Asked once, at the end.</summary>
    public ChatChoice Build() => new(
        Index, Content.Finish(), TextOrNull(Refusal), TextOrNull(Reasoning), _toolCalls.ConvertAll(call => call.Build()), _finishReason);

    private IEnumerable<ChatToolCallChunk> TakeToolCalls() =>
        _toolCalls.Select((call, place) => call.TakeChunk(place)).OfType<ChatToolCallChunk>();

    private static string? TextOrNull(TextBuffer text) => text.Length == 0 ? null : text.Finish();
}
