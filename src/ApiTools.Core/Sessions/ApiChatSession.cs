using System.Globalization;
using ApiTools.Errors;
using ApiTools.Sessions;

namespace ApiTools;

/// <summary>
/// A conversation that goes on from call to call: <c>Invoke-ApiChat -SessionVariable</c> makes one, <c>-Session</c> goes on with it. It grows by each
/// call that succeeds; one that fails or is cancelled leaves it as it was. It may be read from any thread, and takes one call at a time: a second
/// one gets <c>session_in_use</c>.
/// </summary>
public sealed class ApiChatSession
{
    private readonly object _gate = new();
    private SessionHistory _history;

    // Whose call it is: the turn belongs to who began it.
    private object? _underWay;

    /// <summary>A session in which nothing was said yet.</summary>
    public ApiChatSession()
        : this(SessionHistory.Empty)
    {
    }

    internal ApiChatSession(SessionHistory history) => _history = history;

    /// <summary>The model that was asked last; a call over the session asks it too where it names no other. Null before the first call.</summary>
    public string? Model => History.Model;

    /// <summary>The system message, which goes before all others of each further call; null for none. It can be changed between two calls.</summary>
    /// <exception cref="ApiSessionException">session_in_use: a call is under way.</exception>
    /// <exception cref="ApiRequestException">invalid_value: the text holds half a surrogate pair.</exception>
    public string? SystemMessage
    {
        get => History.SystemMessage;
        // PowerShell gives an empty text for $null.
        set => Change(history => history.WithSystemMessage(string.IsNullOrEmpty(value) ? null : value));
    }

    /// <summary>How many times a user has spoken and was answered.</summary>
    public int Turns => History.Turns;

    /// <summary>How many answers came: more than turns where tools were called, and where turns were undone.</summary>
    public int Calls => History.Calls;

    /// <summary>What all calls cost together, in tokens, as the service counted; what was undone is not taken back.</summary>
    public ChatUsage Usage => History.Usage.ToUsage();

    /// <summary>All messages, the oldest first.</summary>
    public ChatMessage[] Messages => [.. History.Messages.Select(message => message.View)];

    /// <summary>All that it holds, as it is now.</summary>
    internal SessionHistory History
    {
        get
        {
            lock (_gate)
            {
                return _history;
            }
        }
    }

    /// <summary>Takes back the last turn: what the user said last, and all that follows, tool calls and their answers too. Does nothing where nothing was said.</summary>
    /// <exception cref="ApiSessionException">session_in_use: a call is under way.</exception>
    public void Undo() => Change(history => history.WithoutLastTurn());

    /// <summary>A branch: a session of its own that goes on from here. What a call under way is saying is not in it.</summary>
    public ApiChatSession Clone() => new(History);

    /// <summary>One line.</summary>
    public override string ToString()
    {
        SessionHistory history = History;
        return string.Format(CultureInfo.InvariantCulture, "{0} turn{1}, {2} message{3}", history.Turns, history.Turns == 1 ? string.Empty : "s", history.Messages.Count, history.Messages.Count == 1 ? string.Empty : "s");
    }

    /// <summary>Begins a call.</summary>
    /// <exception cref="ApiSessionException">session_in_use: another is under way.</exception>
    internal SessionTurn Begin()
    {
        lock (_gate)
        {
            EnsureFree();
            SessionTurn turn = new(this, _history);
            _underWay = turn;
            return turn;
        }
    }

    /// <summary>Ends a call that was begun; a second end does nothing.</summary>
    internal void End(SessionTurn turn, SessionHistory? history)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_underWay, turn))
            {
                _underWay = null;
                _history = history ?? _history;
            }
        }
    }

    private void Change(Func<SessionHistory, SessionHistory> change)
    {
        lock (_gate)
        {
            EnsureFree();
            _history = change(_history);
        }
    }

    private void EnsureFree()
    {
        if (_underWay is not null)
        {
            throw ApiErrors.SessionInUse();
        }
    }
}
