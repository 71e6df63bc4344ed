using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>What can be wrong with the input of a chat, before there is a request.</summary>
internal static class ChatInputErrors
{
    public static ApiException NothingToAsk() => ApiErrors.MissingField(
        "messages", "There is nothing to ask: give a prompt, -Message, or input through the pipeline.", "Invoke-ApiChat 'Say hello'");

    public static ApiException AttachmentWithoutPrompt() => ApiErrors.MissingField(
        "messages", "There is an attachment, and nothing that says what to do with it: give a prompt.", "Invoke-ApiChat 'What is in this file?' -Attachment notes.txt");

    /// <summary>The prompt.</summary>
    /// <exception cref="ApiRequestException">missing_required_field: it is empty.</exception>
    public static string NotEmpty(string prompt) => prompt.Length > 0 ? prompt : throw ApiErrors.MissingField(
        "messages", "The prompt is empty or $null, and nothing was sent.", "Invoke-ApiChat 'Say hello'");

    /// <summary>The model's name.</summary>
    /// <exception cref="ApiRequestException">missing_required_field: there is none.</exception>
    public static string Named(string? model) => !string.IsNullOrWhiteSpace(model) ? model! : throw ApiErrors.MissingField(
        "model", "No model is named: give -Model, or connect with one.", "Get-ApiModel");

    public static ApiException ObjectWithoutPrompt(object input) => ApiErrors.InvalidValue(
        "InputObject",
        $"An object ({TypeName(input)}) came through the pipeline without a prompt that says what to ask about it. Either 'Summarise: {{Property}}' asks once for each, or 'Which stands out?' asks once about all.",
        "Get-Help Invoke-ApiChat -Examples");

    private static string TypeName(object input) => Bare.Of(input)!.GetType().Name;
}
