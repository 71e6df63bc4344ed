using System.Management.Automation;
using ApiTools.Attachments;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <content>What goes along with prompts.</content>
public sealed partial class InvokeApiChatCommand
{
    private ChatAttachments _attachments = null!;

    /// <summary>What goes along with the prompt: images, PDFs and text files by path, images by address, or bytes. {Property} and {_} stand for each input.</summary>
    [Parameter(ParameterSetName = PromptSet)]
    [SupportsWildcards]
    [ValidateNotNull]
    public object? Attachment { get; set; }

    /// <summary>How closely the model looks at images, and how many tokens that takes. The model's default where left out.</summary>
    [Parameter(ParameterSetName = PromptSet)]
    [ValidateSet("auto", "low", "high", "original")]
    public string? ImageDetail { get; set; }

    private void ReadAttachments()
    {
        _attachments = new ChatAttachments(this, Pump.Await);
        if (_attachments.HasPlaceholders && !HasInput)
        {
            throw ApiErrors.AttachmentInvalid("-Attachment has a placeholder, which stands for the input, and nothing comes through the pipeline. A doubled brace is a brace.");
        }
    }

    // In a session what was attached once is there.
    private IReadOnlyList<ChatAttachment> AttachmentsOf(object? input)
    {
        IReadOnlyList<ChatAttachment> all = _attachments.For(input, hasFixed: _conversation is not { HasSpoken: true });
        foreach (ChatAttachment attachment in WantsVerbose ? all : [])
        {
            WriteVerbose(_attachments.Describe(attachment, Model ?? _conversation?.Model ?? Service.Model));
        }
        return all;
    }
}
