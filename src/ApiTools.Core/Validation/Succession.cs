using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>The patches from parameters that OpenAI deprecates to those that have replaced them. What is answered differs with them: all are choices.</summary>
internal static class Succession
{
    /// <summary>The patch; null where the new parameter is there too, or the old one is not of its kind.</summary>
    public static JsonFix? Fix(in RequestMembers members, RequestRule rule, JsonSlice value)
    {
        RequestPath path = RequestPath.Root.Member(rule.Name);
        string? patch = rule.Name switch
        {
            "functions" when !members.Contains(MemberName.Tools) && Count(value) is int count and <= 128 => JsonPatch.FunctionsToTools(count),
            "function_call" when !members.Contains(MemberName.ToolChoice) && value.Type == JsonTokenType.String =>
                JsonPatch.Move(path, RequestPath.Root.Member("tool_choice")),
            "function_call" when !members.Contains(MemberName.ToolChoice) && value.Type == JsonTokenType.StartObject => JsonPatch.FunctionCallToToolChoice(),
            _ => null,
        };
        return patch is null ? null : JsonFix.Choice(patch);
    }

    private static int Count(JsonSlice array)
    {
        int count = 0;
        JsonChildren items = array.Children();
        while (items.MoveNext())
        {
            count++;
        }
        return count;
    }
}
