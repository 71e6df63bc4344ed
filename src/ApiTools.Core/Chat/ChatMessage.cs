namespace ApiTools;

/// <summary>One message of a conversation: who speaks, and what.</summary>
public sealed class ChatMessage
{
    /// <summary>A message.</summary>
    /// <param name="role">system, user, assistant, developer or tool.</param>
    /// <param name="content">The text.</param>
    public ChatMessage(string role, string content)
    {
        Role = role;
        Content = content;
    }

    /// <summary>Who speaks: system, user, assistant, developer or tool.</summary>
    public string Role { get; }

    /// <summary>The text.</summary>
    public string Content { get; }

    /// <summary>Role and text.</summary>
    public override string ToString() => $"{Role}: {Content}";
}
