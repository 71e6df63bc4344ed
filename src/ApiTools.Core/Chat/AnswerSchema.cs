using System.Text;
using ApiTools.Errors;
using ApiTools.Schemas;

namespace ApiTools.Chat;

/// <summary>What a command's answers have to be, and how the service is told.</summary>
/// <param name="Schema">What they have to match.</param>
/// <param name="Name">The schema's name in the request.</param>
/// <param name="Mode">How the service is told.</param>
internal sealed record AnswerSchema(JsonSchema Schema, string Name, ChatSchemaMode Mode)
{
    // OpenAI's reference, response_format: letters, digits, underscores and dashes, at most 64.
    private const int MaximumName = 64;

    private const string DefaultName = "answer";

    /// <summary>The schema, JSON text.</summary>
    public string Text => Encoding.UTF8.GetString(Schema.Utf8Json.ToArray());

    /// <summary>Whether the messages tell the schema.</summary>
    public bool IsTold => Mode is ChatSchemaMode.JsonObject or ChatSchemaMode.Prompt;

    /// <summary>The <c>response_format</c> of a request, UTF-8 JSON; empty for a request that is to have none.</summary>
    public byte[] ResponseFormat => Mode == ChatSchemaMode.Prompt ? [] : JsonWriting.ToUtf8(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, Mode == ChatSchemaMode.JsonObject ? "json_object"u8 : "json_schema"u8);
        if (Mode != ChatSchemaMode.JsonObject)
        {
            writer.WriteStartObject("json_schema"u8);
            writer.WriteString("name"u8, Name);
            writer.WriteBoolean("strict"u8, Mode == ChatSchemaMode.Strict);
            writer.WritePropertyName("schema"u8);
            writer.WriteRawValue(Schema.Utf8Json.Span, skipInputValidation: true);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    });

    /// <summary>The name of a schema: the one given, or its title as far as a name may have it.</summary>
    /// <exception cref="ApiRequestException">invalid_value: services take no such name.</exception>
    public static string NameOf(JsonSchema schema, string? given)
    {
        if (given is not null)
        {
            return given.Length is > 0 and <= MaximumName && given.All(IsOfName)
                ? given
                : throw ApiErrors.InvalidValue("SchemaName", $"-SchemaName is '{given}'; services take letters, digits, '_' and '-', at most {MaximumName}.", "Get-Help Invoke-ApiChat -Parameter SchemaName");
        }
        string name = new([.. (schema.Title ?? DefaultName).Take(MaximumName).Select(c => IsOfName(c) ? c : '_')]);
        return name.Length == 0 ? DefaultName : name;
    }

    private static bool IsOfName(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-';
}
