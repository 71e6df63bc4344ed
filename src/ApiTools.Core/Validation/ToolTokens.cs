using System.Text.Json;
using ApiTools.Tokens;

namespace ApiTools.Validation;

/// <summary>
/// The tokens of the definitions of tools, by the formula of OpenAI's notebook (see <see cref="ToolFormat"/>). What the formula does not have (a
/// schema in a schema, other kinds of tools) is counted in its spirit, and is said to be a guess.
/// </summary>
internal sealed class ToolTokens(TextTokens text, ToolFormat format, ConversationNotes notes)
{
    private long _tokens;

    /// <summary>The tokens of an array of tools, or of functions as older requests have them.</summary>
    public long Count(JsonSlice tools)
    {
        _tokens = 0;
        JsonChildren items = tools.Children();
        while (tools.Type == JsonTokenType.StartArray && items.MoveNext())
        {
            JsonSlice function = items.Value.Member("function"u8);
            if (function.Type == JsonTokenType.StartObject)
            {
                AddFunction(function);
            }
            else if (items.Value.Member("name"u8).Type == JsonTokenType.String)
            {
                AddFunction(items.Value);
            }
            else
            {
                AddOther(items.Value);
            }
        }
        return _tokens == 0 ? 0 : _tokens + format.End;
    }

    private void AddFunction(JsonSlice function)
    {
        JsonSlice description = function.Member("description"u8);
        if (description.Type != JsonTokenType.String)
        {
            notes.ToolShape();
        }
        _tokens += format.Function + text.Count($"{Text(function.Member("name"u8))}:{WithoutStop(description)}");
        JsonSlice parameters = function.Member("parameters"u8);
        if (!Only(parameters, "type", "properties", "required", "additionalProperties"))
        {
            notes.ToolShape();
        }
        AddProperties(parameters.Member("properties"u8));
    }

    private void AddProperties(JsonSlice properties)
    {
        JsonChildren members = properties.Children();
        bool isFirst = true;
        while (properties.Type == JsonTokenType.StartObject && members.MoveNext())
        {
            if (isFirst)
            {
                _tokens += format.Properties;
                isFirst = false;
            }
            AddProperty(members.Name, members.Value);
        }
    }

    private void AddProperty(string name, JsonSlice schema)
    {
        JsonSlice type = schema.Member("type"u8);
        JsonSlice description = schema.Member("description"u8);
        if (type.Type != JsonTokenType.String || description.Type != JsonTokenType.String || !Only(schema, "type", "description", "enum"))
        {
            notes.ToolShape();
        }
        AddValues(schema.Member("enum"u8));
        _tokens += format.Property + text.Count($"{name}:{Text(type)}:{WithoutStop(description)}");
        AddInner(schema);
    }

    private void AddValues(JsonSlice values)
    {
        if (values.Type != JsonTokenType.StartArray)
        {
            return;
        }
        _tokens += format.Enumeration;
        JsonChildren items = values.Children();
        while (items.MoveNext())
        {
            _tokens += format.Value + (items.Value.Type == JsonTokenType.String ? text.Count(items.Value) : text.Count(items.Value.Span));
        }
    }

    // A schema in a schema: of an object's members, an array's items, each of several.
    private void AddInner(JsonSlice schema)
    {
        AddProperties(schema.Member("properties"u8));
        JsonSlice items = schema.Member("items"u8);
        if (items.Type == JsonTokenType.StartObject)
        {
            AddProperty(string.Empty, items);
        }
        JsonChildren choices = schema.Member("anyOf"u8).Children();
        while (choices.MoveNext())
        {
            AddProperty(string.Empty, choices.Value);
        }
    }

    // A custom tool, or one of a kind of its own: all its words.
    private void AddOther(JsonSlice tool)
    {
        notes.ToolShape();
        _tokens += format.Function + CountWords(tool);
    }

    private long CountWords(JsonSlice value)
    {
        long tokens = text.Count(value);
        JsonChildren children = value.Children();
        while (children.MoveNext())
        {
            tokens += (children.RawName.IsEmpty ? 0 : text.Count(children.Name)) + CountWords(children.Value);
        }
        return tokens;
    }

    private static bool Only(JsonSlice schema, params ReadOnlySpan<string> names)
    {
        JsonChildren members = schema.Children();
        while (schema.Type == JsonTokenType.StartObject && members.MoveNext())
        {
            if (names.IndexOf(members.Name) < 0)
            {
                return false;
            }
        }
        return true;
    }

    private static string Text(JsonSlice value) => value.Type == JsonTokenType.String ? value.GetString() : string.Empty;

    // The formula leaves out one full stop at the end.
    private static string WithoutStop(JsonSlice description)
    {
        string said = Text(description);
        return said.EndsWith(".", StringComparison.Ordinal) ? said.Substring(0, said.Length - 1) : said;
    }
}
