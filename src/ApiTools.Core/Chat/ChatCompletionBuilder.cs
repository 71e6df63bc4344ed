using System.Text;

namespace ApiTools.Chat;

/// <summary>Puts a completion together from one whole answer or from the chunks of a stream.</summary>
internal sealed class ChatCompletionBuilder
{
    private readonly List<Choice> _choices = [];

    public string? Id { get; set; }

    public string? Model { get; set; }

    public ChatUsage? Usage { get; set; }

    /// <summary>True once anything of an answer has come; an empty object is none.</summary>
    public bool HasChoices => _choices.Count > 0;

    /// <summary>True once any text, reasoning or tool call has come: what is sent again after that is paid for twice.</summary>
    public bool HasContent => _choices.Exists(choice => choice.HasContent);

    /// <summary>True once every choice has its finish reason.</summary>
    public bool IsFinished => HasChoices && _choices.TrueForAll(choice => choice.FinishReason is not null);

    /// <summary>The text of the first choice so far.</summary>
    public string ContentSoFar => HasChoices ? _choices[0].Content.ToString() : string.Empty;

    /// <summary>The text of the first choice from a position on; null where there is none. The position moves to its end.</summary>
    public string? TextSince(ref int position)
    {
        StringBuilder content = _choices[0].Content;
        if (content.Length == position)
        {
            return null;
        }
        string text = content.ToString(position, content.Length - position);
        position = content.Length;
        return text;
    }

    /// <summary>The choice of an index, made where it is new.</summary>
    public Choice GetChoice(int index)
    {
        Choice? choice = _choices.Find(known => known.Index == index);
        if (choice is null)
        {
            choice = new Choice(index);
            _choices.Add(choice);
            _choices.Sort((a, b) => a.Index.CompareTo(b.Index));
        }
        return choice;
    }

    /// <summary>The completion.</summary>
    public ChatCompletion Build(string? requestId, ApiRateLimit? rateLimit) =>
        new(Id, Model, _choices.ConvertAll(choice => choice.Build()), Usage) { RequestId = requestId, RateLimit = rateLimit };

    /// <summary>One choice under construction.</summary>
    internal sealed class Choice(int index)
    {
        private readonly List<ToolCall> _toolCalls = [];

        public int Index { get; } = index;

        public StringBuilder Content { get; } = new();

        public StringBuilder Refusal { get; } = new();

        public StringBuilder Reasoning { get; } = new();

        public string? FinishReason { get; set; }

        public bool HasContent => Content.Length > 0 || Refusal.Length > 0 || Reasoning.Length > 0 || _toolCalls.Count > 0;

        /// <summary>The tool call of an index, made where it is new. Streams send a call in pieces that share an index.</summary>
        public ToolCall GetToolCall(int toolIndex)
        {
            while (_toolCalls.Count <= toolIndex)
            {
                _toolCalls.Add(new ToolCall());
            }
            return _toolCalls[toolIndex];
        }

        public int ToolCallCount => _toolCalls.Count;

        public ChatChoice Build() => new(
            Index, Content.ToString(), TextOrNull(Refusal), TextOrNull(Reasoning), _toolCalls.ConvertAll(call => call.Build()), FinishReason);

        private static string? TextOrNull(StringBuilder text) => text.Length == 0 ? null : text.ToString();
    }

    /// <summary>One tool call under construction.</summary>
    internal sealed class ToolCall
    {
        public string Id { get; set; } = string.Empty;

        public string Name { get; set; } = string.Empty;

        public StringBuilder Arguments { get; } = new();

        public ChatToolCall Build() => new(Id, Name, Arguments.ToString());
    }
}
