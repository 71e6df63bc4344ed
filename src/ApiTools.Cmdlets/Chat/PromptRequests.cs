using ApiTools.Attachments;
using ApiTools.Chat;

namespace ApiTools.Cmdlets;

/// <summary>Makes the requests of a command's prompts: what goes before each, and the prompt.</summary>
/// <param name="parameters">What all requests say beside their messages.</param>
/// <param name="system">The system message; null or empty for none of the command's own.</param>
/// <param name="messages">Messages that go before the prompt.</param>
/// <param name="conversation">The conversation that they go on with; null where each stands for itself.</param>
internal sealed class PromptRequests(ChatParameters parameters, string? system, object?[]? messages, ChatConversation? conversation)
{
    /// <summary>The request of one prompt, UTF-8 JSON.</summary>
    /// <param name="prompt">The prompt; null where the messages alone are sent.</param>
    /// <param name="attachments">What goes along with it.</param>
    /// <exception cref="ApiException">There is nothing to ask, it cannot be sent, or the session is in use.</exception>
    public byte[] Make(string? prompt, IReadOnlyList<ChatAttachment> attachments)
    {
        List<byte[]> own = [];
        if (conversation is not { HasSpoken: true })
        {
            own.AddRange((messages ?? []).Select(ChatMessages.ToUtf8));
        }
        if (prompt is not null)
        {
            string asked = ChatInputErrors.NotEmpty(prompt);
            own.Add(attachments.Count == 0 ? ChatRequestWriter.Message("user", asked) : AttachmentParts.Message(asked, attachments));
        }
        else if (attachments.Count > 0)
        {
            throw ChatInputErrors.AttachmentWithoutPrompt();
        }
        else if (own.Count == 0 && (conversation is not null || string.IsNullOrEmpty(system)))
        {
            throw ChatInputErrors.NothingToAsk();
        }
        ChatParameters named = parameters with { Model = ChatInputErrors.Named(parameters.Model) };
        IEnumerable<byte[]> all = conversation is not null
            ? conversation.Say(system, own, named.Model!)
            : string.IsNullOrEmpty(system) ? own : own.Prepend(ChatRequestWriter.Message("system", system!));
        return ChatRequestWriter.Write(all, named);
    }
}
