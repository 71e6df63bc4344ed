using ApiTools.Chat;

namespace ApiTools.Sessions;

/// <summary>A message of a session: its bytes, which are sent to the letter, and what they say.</summary>
internal sealed class SessionMessage
{
    private readonly Lazy<ChatMessage> _view;

    /// <param name="utf8Json">The message, UTF-8 JSON on one line.</param>
    public SessionMessage(byte[] utf8Json)
    {
        Utf8Json = utf8Json;
        _view = new(() => ChatMessageReader.Read(utf8Json));
    }

    public byte[] Utf8Json { get; }

    /// <summary>What it says.</summary>
    public ChatMessage View => _view.Value;

    /// <summary>Whether it holds for the whole conversation.</summary>
    public bool IsOfSystem => View.Role is "system" or "developer";

    public bool IsOfUser => View.Role == "user";
}
