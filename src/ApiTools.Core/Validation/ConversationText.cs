using System.Text.Json;
using ApiTools.Tokens;

namespace ApiTools.Validation;

/// <summary>
/// The text of a conversation, as the estimate counts it: every message's content (a string, or the text of its parts), refusal, and the names
/// and arguments of its tool calls, as one text. Roles, names and the format's own tokens are not in the page's formula, and are not added.
/// </summary>
internal static class ConversationText
{
    /// <summary>Counts the messages' text; what is not of the documented shape is passed over.</summary>
    public static TokenTally Tally(JsonSlice messages)
    {
        TokenTally tally = default;
        JsonChildren items = messages.Children();
        while (items.MoveNext())
        {
            AddMessage(items.Value, ref tally);
        }
        return tally;
    }

    /// <summary>Counts the text of one message.</summary>
    public static TokenTally TallyMessage(JsonSlice message)
    {
        TokenTally tally = default;
        AddMessage(message, ref tally);
        return tally;
    }

    /// <summary>Adds all names and strings of a value, as far down as it goes: what a model reads of a tool's definition.</summary>
    public static void AddAll(JsonSlice value, ref TokenTally tally)
    {
        if (value.Type == JsonTokenType.None)
        {
            return;
        }
        Utf8JsonReader reader = new(value.Span);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
            {
                JsonTextCount.Add(reader.ValueSpan, ref tally);
            }
        }
    }

    /// <summary>Adds the text of one message.</summary>
    public static void AddMessage(JsonSlice message, ref TokenTally tally)
    {
        JsonChildren members = message.Children();
        while (message.Type == JsonTokenType.StartObject && members.MoveNext())
        {
            switch (members.Name)
            {
                case "content":
                    AddContent(members.Value, ref tally);
                    break;
                case "refusal":
                    AddText(members.Value, ref tally);
                    break;
                case "function_call":
                    AddMembers(members.Value, ["name", "arguments"], ref tally);
                    break;
                case "tool_calls":
                    AddCalls(members.Value, ref tally);
                    break;
                default:
                    break;
            }
        }
    }

    private static void AddContent(JsonSlice content, ref TokenTally tally)
    {
        AddText(content, ref tally);
        JsonChildren parts = content.Children();
        while (content.Type == JsonTokenType.StartArray && parts.MoveNext())
        {
            AddMembers(parts.Value, ["text", "refusal"], ref tally);
        }
    }

    private static void AddCalls(JsonSlice calls, ref TokenTally tally)
    {
        JsonChildren items = calls.Children();
        while (items.MoveNext())
        {
            JsonChildren members = items.Value.Children();
            while (members.MoveNext())
            {
                if (members.Name is "function" or "custom")
                {
                    AddMembers(members.Value, ["name", "arguments", "input"], ref tally);
                }
            }
        }
    }

    private static void AddMembers(JsonSlice value, ReadOnlySpan<string> names, ref TokenTally tally)
    {
        JsonChildren members = value.Children();
        while (value.Type == JsonTokenType.StartObject && members.MoveNext())
        {
            if (names.IndexOf(members.Name) >= 0)
            {
                AddText(members.Value, ref tally);
            }
        }
    }

    private static void AddText(JsonSlice value, ref TokenTally tally)
    {
        if (value.Type == JsonTokenType.String)
        {
            JsonTextCount.Add(value.RawString, ref tally);
        }
    }
}
