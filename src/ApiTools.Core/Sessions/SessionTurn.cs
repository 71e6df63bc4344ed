namespace ApiTools.Sessions;

/// <summary>
/// A call over a session from its beginning to its end: what is said in it becomes part of the session by <see cref="Commit"/>, all at once, or
/// not at all. While it lasts the session takes no other.
/// </summary>
internal sealed class SessionTurn : IDisposable
{
    private readonly ApiChatSession _session;
    private SessionHistory _history;

    /// <param name="session">The session.</param>
    /// <param name="history">What has been said before.</param>
    internal SessionTurn(ApiChatSession session, SessionHistory history)
    {
        _session = session;
        _history = history;
    }

    /// <summary>The messages to send, each as UTF-8 JSON: all that the session has, and what was added here.</summary>
    public IEnumerable<byte[]> Messages => _history.Messages.Select(message => message.Utf8Json);

    /// <summary>Puts another system message in the place of the session's.</summary>
    public void SetSystemMessage(string text) => _history = _history.WithSystemMessage(text);

    /// <summary>Adds a message, UTF-8 JSON: a user's, or a tool's answer.</summary>
    public void Add(byte[] message) => _history = _history.With(message);

    /// <summary>Adds an answer of the model, and what it cost.</summary>
    public void Add(ChatCompletion completion) => _history = _history.With(completion);

    /// <summary>Adds an answer of the model with what tools said to it, and what it cost.</summary>
    public void Add(IEnumerable<byte[]> messages, ChatUsage? usage) => _history = _history.With(messages, usage);

    /// <summary>Makes it part of the session, and ends it.</summary>
    /// <param name="model">The model that was asked.</param>
    public void Commit(string? model) => _session.End(this, _history with { Model = model ?? _history.Model });

    /// <summary>Ends it; what was not committed is as if it had not been. A second time does nothing.</summary>
    public void Dispose() => _session.End(this, null);
}
