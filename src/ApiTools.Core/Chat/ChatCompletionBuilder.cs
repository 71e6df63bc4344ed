namespace ApiTools.Chat;

/// <summary>Puts a completion together from one whole answer or from the chunks of a stream.</summary>
internal sealed class ChatCompletionBuilder
{
    private readonly List<ChoiceBuilder> _choices = [];
    private ChoiceBuilder? _first;
    private ChatUsage? _usage;
    private bool _usageIsNew;

    public RepeatedText Id { get; } = new();

    public RepeatedText Model { get; } = new();

    public ChatUsage? Usage
    {
        get => _usage;
        set
        {
            _usage = value;
            _usageIsNew = value is not null;
        }
    }

    /// <summary>True once anything of an answer has come; an empty object is none.</summary>
    public bool HasChoices => _choices.Count > 0;

    /// <summary>True once any text, reasoning or tool call has come: what is sent again after that is paid for twice.</summary>
    public bool HasContent => _choices.Exists(choice => choice.HasContent);

    /// <summary>True once every choice has its finish reason.</summary>
    public bool IsFinished => HasChoices && _choices.TrueForAll(choice => choice.FinishReason is not null);

    /// <summary>True where a choice ended because the service failed (OpenRouter's finish reason <c>error</c>): never a success.</summary>
    public bool EndedInError { get; private set; }

    /// <summary>The text of the first choice so far.</summary>
    public string ContentSoFar => HasChoices ? _choices[0].Content.ToString() : string.Empty;

    /// <summary>The index of the choice that is shown live: the first that came.</summary>
    public int ShownIndex => _first?.Index ?? 0;

    /// <summary>The choice of an index, made where it is new.</summary>
    /// <returns>True where it is new.</returns>
    public bool GetChoice(int index, out ChoiceBuilder choice)
    {
        foreach (ChoiceBuilder known in _choices)
        {
            if (known.Index == index)
            {
                choice = known;
                return false;
            }
        }
        choice = new ChoiceBuilder(index);
        _first ??= choice;
        _choices.Add(choice);
        _choices.Sort((a, b) => a.Index.CompareTo(b.Index));
        return true;
    }

    /// <summary>A choice has ended.</summary>
    public void Finish(ChoiceBuilder choice, string reason)
    {
        choice.FinishReason = reason;
        EndedInError |= string.Equals(reason, "error", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The text of the choice that is shown live, as far as it has not been given; empty where there is none.</summary>
    public string TakeText() => _first is { Content.HasNew: true } ? _first.Content.TakeNew() : string.Empty;

    /// <summary>What is new of the next choice that has something new; null once all has been given. Usage stands on the last.</summary>
    public ChatCompletionChunk? TakeChunk()
    {
        ChoiceBuilder? next = _choices.Find(choice => choice.IsTouched);
        bool isLast = next is null || _choices.FindLast(choice => choice.IsTouched) == next;
        ChatUsage? usage = isLast && _usageIsNew ? _usage : null;
        if (isLast)
        {
            _usageIsNew = false;
        }
        return next is not null ? next.TakeChunk(Id.Value, Model.Value, usage)
            : usage is not null ? new ChatCompletionChunk(Id.Value, Model.Value, 0, usage)
            : null;
    }

    /// <summary>The completion. Asked once, at the end.</summary>
    public ChatCompletion Build(string? requestId, ApiRateLimit? rateLimit) =>
        new(Id.Value, Model.Value, _choices.ConvertAll(choice => choice.Build()), _usage) { RequestId = requestId, RateLimit = rateLimit };
}
