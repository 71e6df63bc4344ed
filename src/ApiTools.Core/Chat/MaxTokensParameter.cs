using System.Text.Encodings.Web;
using System.Text.Json;
using ApiTools.Http;

namespace ApiTools.Chat;

/// <summary>The parameter for the most tokens of an answer, under either of its names: what a refusal says of it, and how a request gets the other.</summary>
internal static class MaxTokensParameter
{
    // What services say of a parameter that they do not know: "Unsupported parameter", "Unrecognized request argument", "Extra inputs are not permitted",
    // "Unknown name", "Unexpected keyword argument". A value that is too large is none of these.
    private static readonly string[] Refusals =
        ["unsupported", "not supported", "unknown", "unrecognized", "unexpected", "extra", "not permitted", "not allowed", "additional propert", "instead"];

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The name that the service wants in place of the one that it refuses; null where the error is about something else.</summary>
    public static string? Wanted(ApiException error)
    {
        if (error.Status is not (400 or 422) || !SaysUnknown(error))
        {
            return null;
        }
        // OpenAI names both: "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
        bool namesNew = Has(error.Message, MaxTokensNames.New);
        if (IsAbout(error, MaxTokensNames.Old) && namesNew)
        {
            return MaxTokensNames.New;
        }
        return IsAbout(error, MaxTokensNames.New) || (error.Param is null && namesNew) ? MaxTokensNames.Old : null;
    }

    /// <summary>The request with the parameter under that name; the same bytes where it has none, or has it under that name already.</summary>
    public static byte[] Rename(byte[] request, string name)
    {
        string other = name == MaxTokensNames.New ? MaxTokensNames.Old : MaxTokensNames.New;
        if (Find(request, other) < 0)
        {
            return request;
        }
        using JsonDocument document = JsonDocument.Parse(request);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(other, out _))
        {
            return request;
        }
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Options))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                writer.WritePropertyName(property.NameEquals(other) ? name : property.Name);
                writer.WriteRawValue(property.Value.GetRawText(), skipInputValidation: true);
            }
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static bool SaysUnknown(ApiException error) =>
        Refusals.Any(word => Has(error.Message, word) || Has(error.ServiceCode, word) || Has(error.Type, word));

    // FastAPI's param has a path before the name: body.max_completion_tokens.
    private static bool IsAbout(ApiException error, string name) => error.Param is string param
        ? param.Split('.', '/').Last() == name
        : Has(error.Message, name);

    private static bool Has(string? text, string word) => text?.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    // Spares most requests the parsing.
    private static int Find(byte[] request, string name) => request.AsSpan().IndexOf(name == MaxTokensNames.New ? "\"max_completion_tokens\""u8 : "\"max_tokens\""u8);
}
