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
            Add(items.Value, ref tally);
        }
        return tally;
    }

    /// <summary>Adds the text of one message.</summary>
    public static void Add(JsonSlice message, ref TokenTally tally)
    {
        JsonChildren members = message.Children();
        while (members.MoveNext())
        {
            if (members.Name is "content")
            {
                AddContent(members.Value, ref tally);
            }
            else if (members.Name is "refusal")
            {
                AddText(members.Value, ref tally);
            }
            else if (members.Name is "function_call")
            {
                AddMembers(members.Value, ["name", "arguments"], ref tally);
            }
            else if (members.Name is "tool_calls")
            {
                AddCalls(members.Value, ref tally);
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
            JsonText.Tally(value.RawString, ref tally);
        }
    }
}
