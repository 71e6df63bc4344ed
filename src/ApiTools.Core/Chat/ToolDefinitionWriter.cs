using System.Text.Json;

namespace ApiTools.Chat;

/// <summary>Writes tools, and the choice among them, as members of a request.</summary>
internal static class ToolDefinitionWriter
{
    /// <summary>The value of <c>tools</c>, UTF-8 JSON.</summary>
    public static byte[] Tools(IEnumerable<ToolDefinition> tools) => JsonWriting.ToUtf8(writer =>
    {
        writer.WriteStartArray();
        foreach (ToolDefinition tool in tools)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WriteString("name"u8, tool.Name);
            WriteText(writer, "description", tool.Description);
            writer.WritePropertyName("parameters"u8);
            WriteParameters(writer, tool.Parameters);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    /// <summary>The value of <c>tool_choice</c>, UTF-8 JSON.</summary>
    /// <param name="choice">auto, none, required, or the name of a tool.</param>
    public static byte[] Choice(string choice) => JsonWriting.ToUtf8(writer =>
    {
        if (choice is "auto" or "none" or "required")
        {
            writer.WriteStringValue(choice);
            return;
        }
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function"u8);
        writer.WriteStartObject("function"u8);
        writer.WriteString("name"u8, choice);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static void WriteParameters(Utf8JsonWriter writer, IReadOnlyList<ToolParameter> parameters)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "object"u8);
        writer.WriteStartObject("properties"u8);
        foreach (ToolParameter parameter in parameters)
        {
            writer.WritePropertyName(parameter.Name);
            WriteSchema(writer, parameter.Schema);
        }
        writer.WriteEndObject();
        writer.WriteStartArray("required"u8);
        foreach (ToolParameter parameter in parameters.Where(parameter => parameter.IsRequired))
        {
            writer.WriteStringValue(parameter.Name);
        }
        writer.WriteEndArray();
        writer.WriteBoolean("additionalProperties"u8, false);
        writer.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter writer, ToolSchema schema)
    {
        writer.WriteStartObject();
        WriteText(writer, "type", schema.Type);
        WriteText(writer, "description", schema.Description);
        WriteText(writer, "format", schema.Format);
        if (schema.Values is not null)
        {
            writer.WriteStartArray("enum"u8);
            foreach (string value in schema.Values)
            {
                writer.WriteRawValue(value);
            }
            writer.WriteEndArray();
        }
        WriteRaw(writer, "default", schema.Default);
        WriteRaw(writer, "minimum", schema.Minimum);
        WriteRaw(writer, "maximum", schema.Maximum);
        WriteRaw(writer, "exclusiveMinimum", schema.ExclusiveMinimum);
        WriteRaw(writer, "exclusiveMaximum", schema.ExclusiveMaximum);
        WriteText(writer, "pattern", schema.Pattern);
        WriteCount(writer, "minLength", schema.MinimumLength);
        WriteCount(writer, "maxLength", schema.MaximumLength);
        WriteCount(writer, "minItems", schema.MinimumItems);
        WriteCount(writer, "maxItems", schema.MaximumItems);
        if (schema.Type == "array")
        {
            // Services refuse an array that says nothing of its items.
            writer.WritePropertyName("items"u8);
            WriteSchema(writer, schema.Items ?? new ToolSchema());
        }
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteRaw(Utf8JsonWriter writer, string name, string? json)
    {
        if (json is not null)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json);
        }
    }

    private static void WriteCount(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is int count)
        {
            writer.WriteNumber(name, count);
        }
    }
}
