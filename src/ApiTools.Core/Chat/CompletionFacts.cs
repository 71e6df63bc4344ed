using System.Text;
using System.Text.Json;
using ApiTools.Http;

namespace ApiTools.Chat;

/// <summary>What a completion says of itself, for who records requests.</summary>
internal sealed class CompletionFacts(ChatCompletion completion) : IAnswerFacts
{
    public string? Id => completion.Id;

    public string? RequestId => completion.RequestId;

    public string? Model => completion.Model;

    public IReadOnlyList<string> FinishReasons => [.. completion.Choices.Select(choice => choice.FinishReason).OfType<string>()];

    public int? InputTokens => completion.Usage?.PromptTokens;

    public int? OutputTokens => completion.Usage?.CompletionTokens;

    public int? CachedTokens => completion.Usage?.CachedTokens;

    public int? ReasoningTokens => completion.Usage?.ReasoningTokens;

    public string ToJson()
    {
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            ChatCompletionWriter.Write(writer, completion, default(DateTimeOffset).AddYears(1969));
        }
        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }
}
