using ApiTools.Chat;
using ApiTools.Errors;
using ApiTools.Sessions;

namespace ApiTools.Cmdlets;

/// <summary>The session that a command's calls go on with, one call at a time. For the pipeline thread.</summary>
internal sealed class ChatConversation(ApiChatSession session)
{
    private SessionTurn? _turn;
    private string? _asked;
    private ChatCompletion? _kept;

    /// <summary>The model that was asked last; null where none was.</summary>
    public string? Model => session.Model;

    /// <summary>True once a call of the command has succeeded: what goes before its prompts is said then.</summary>
    public bool HasSpoken { get; private set; }

    /// <summary>The session that a command was given, or a new one in the variable that it names; null where it wants none.</summary>
    /// <exception cref="ApiRequestException">invalid_value: both are given, or what cannot go with a session.</exception>
    public static ChatConversation? Open(InvokeApiChatCommand command)
    {
        if (command.Session is null && command.SessionVariable is null)
        {
            return null;
        }
        if (command.Session is not null && command.SessionVariable is not null)
        {
            throw Invalid("SessionVariable", "-Session goes on with a session, and -SessionVariable begins one: give one of them.");
        }
        if (command.Journal is not null)
        {
            throw Invalid("Journal", "-Journal is for inputs that stand for themselves, and in a session each goes on from the one before: export the session instead.");
        }
        ApiChatSession session = command.Session ?? new ApiChatSession();
        if (command.SessionVariable is string name)
        {
            // As Invoke-WebRequest does: it is there even where the call fails.
            command.SessionState.PSVariable.Set(name, session);
        }
        return new ChatConversation(session);
    }

    /// <summary>Begins a call: the messages to send, which are those of the session and these.</summary>
    /// <param name="system">The system message from now on; null or empty for the session's own.</param>
    /// <param name="messages">What is said, each as UTF-8 JSON.</param>
    /// <param name="model">The model that is asked.</param>
    /// <exception cref="ApiSessionException">session_in_use.</exception>
    public IEnumerable<byte[]> Say(string? system, IEnumerable<byte[]> messages, string model)
    {
        _turn = session.Begin();
        _asked = model;
        if (!string.IsNullOrEmpty(system))
        {
            _turn.SetSystemMessage(system!);
        }
        foreach (byte[] message in messages)
        {
            _turn.Add(message);
        }
        return _turn.Messages;
    }

    /// <summary>Adds an answer that called tools, and what they said.</summary>
    public void Add(ChatCompletion completion, ToolExchange exchange)
    {
        _turn!.Add(exchange.Messages, completion.Usage);
        _kept = completion;
    }

    /// <summary>Ends the call that was begun: what was said, and its answer, become part of the session.</summary>
    public void Keep(ChatCompletion completion)
    {
        if (!ReferenceEquals(completion, _kept))
        {
            _turn!.Add(completion);
        }
        _turn!.Commit(_asked);
        HasSpoken = true;
    }

    /// <summary>Ends the call that was begun, if one was: the session stays as it was before.</summary>
    public void Abandon() => _turn?.Dispose();

    private static ApiException Invalid(string parameter, string message) => ApiErrors.InvalidValue(parameter, message, $"Get-Help Invoke-ApiChat -Parameter {parameter}");
}
