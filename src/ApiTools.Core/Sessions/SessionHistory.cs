using ApiTools.Chat;

namespace ApiTools.Sessions;

/// <summary>What has been said, and what it cost. Never changes: each change makes another.</summary>
/// <param name="Messages">The messages, the oldest first.</param>
internal sealed record SessionHistory(IReadOnlyList<SessionMessage> Messages)
{
    /// <summary>Nothing was said yet.</summary>
    public static SessionHistory Empty { get; } = new([]);

    /// <summary>The model that was asked last; null where none was.</summary>
    public string? Model { get; init; }

    /// <summary>How many answers came.</summary>
    public int Calls { get; init; }

    /// <summary>What they cost together.</summary>
    public SessionUsage Usage { get; init; }

    /// <summary>The text of the system message; null where there is none.</summary>
    public string? SystemMessage => First?.View.Content;

    /// <summary>How often a user has spoken: several messages of a user one after the other are one turn.</summary>
    public int Turns => Enumerable.Range(0, Messages.Count).Count(BeginsTurn);

    /// <summary>The same with another system message, which takes the place of the first; null for none.</summary>
    public SessionHistory WithSystemMessage(string? text)
    {
        if (text == SystemMessage)
        {
            return this;
        }
        IEnumerable<SessionMessage> rest = First is null ? Messages : Messages.Skip(1);
        return this with { Messages = text is null ? [.. rest] : [new SessionMessage(ChatRequestWriter.Message(First?.View.Role ?? "system", text)), .. rest] };
    }

    /// <summary>The same with a further message.</summary>
    public SessionHistory With(byte[] message) => this with { Messages = [.. Messages, new SessionMessage(message)] };

    /// <summary>The same with a further answer.</summary>
    public SessionHistory With(ChatCompletion completion) =>
        With([ChatMessageWriter.Assistant(completion)], completion.OwnUsage ?? completion.Usage);

    /// <summary>The same with a further answer, and what tools said to it.</summary>
    /// <param name="messages">The answer, and each tool's, UTF-8 JSON.</param>
    /// <param name="usage">What the answer cost.</param>
    public SessionHistory With(IEnumerable<byte[]> messages, ChatUsage? usage) =>
        messages.Aggregate(this, (history, message) => history.With(message)) with { Calls = Calls + 1, Usage = Usage.Plus(usage) };

    /// <summary>The same without the last turn: what a user said last, and all that follows. What it cost is not taken back.</summary>
    public SessionHistory WithoutLastTurn()
    {
        int start = Messages.Count - 1;
        while (start >= 0 && !BeginsTurn(start))
        {
            start--;
        }
        // An answer to nobody, such as an imported greeting, is a turn too.
        start = start >= 0 ? start : Messages.TakeWhile(message => message.IsOfSystem).Count();
        List<SessionMessage> kept = [.. Messages.Where((message, index) => index < start || message.IsOfSystem)];
        return kept.Count == Messages.Count ? this : this with { Messages = kept };
    }

    private SessionMessage? First => Messages is [{ IsOfSystem: true } first, ..] ? first : null;

    private bool BeginsTurn(int index) => Messages[index].IsOfUser && (index == 0 || !Messages[index - 1].IsOfUser);
}
