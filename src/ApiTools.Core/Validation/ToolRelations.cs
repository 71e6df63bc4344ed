using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>What tools and the parameters about them demand of each other.</summary>
internal static class ToolRelations
{
    // As many as may be: of more the first are compared.
    private const int MaximumTools = 128;

    // Longer names are an error for themselves.
    private const int MaximumName = 64;

    /// <summary>"'tool_choice' is only allowed when 'tools' are specified." (OpenAI's answer).</summary>
    public static void ChoiceNeedsTools(RequestCheck check, in RequestMembers members)
    {
        JsonSlice choice = members[MemberName.ToolChoice];
        if (members.Has(MemberName.ToolChoice) && !members.Has(MemberName.Tools))
        {
            // none and auto ask for nothing that could be missed.
            bool asksForNone = choice.IsText("none"u8) || choice.IsText("auto"u8);
            Alone(check, choice, "tool_choice", "tools", asksForNone);
        }
    }

    /// <summary>"'parallel_tool_calls' is only allowed when 'tools' are specified." (OpenAI's answer).</summary>
    public static void ParallelNeedsTools(RequestCheck check, in RequestMembers members)
    {
        if (members.Has(MemberName.ParallelToolCalls) && !members.Has(MemberName.Tools))
        {
            Alone(check, members[MemberName.ParallelToolCalls], "parallel_tool_calls", "tools", isSafe: true);
        }
    }

    /// <summary>function_call is to functions what tool_choice is to tools.</summary>
    public static void FunctionCallNeedsFunctions(RequestCheck check, in RequestMembers members)
    {
        JsonSlice call = members[MemberName.FunctionCall];
        if (members.Has(MemberName.FunctionCall) && !members.Has(MemberName.Functions))
        {
            Alone(check, call, "function_call", "functions", call.IsText("none"u8) || call.IsText("auto"u8));
        }
    }

    /// <summary>functions is what tools was before: a request has one of them.</summary>
    public static void ToolsOrFunctions(RequestCheck check, in RequestMembers members)
    {
        if (members.Has(MemberName.Functions) && members.Has(MemberName.Tools))
        {
            RequestPath path = check.Path.Member("functions");
            check.Error(members[MemberName.Functions], path, "functions and tools mean the same: give tools alone.");
        }
    }

    /// <summary>The tool that tool_choice names is one of the tools.</summary>
    public static void ChosenIsThere(RequestCheck check, in RequestMembers members)
    {
        JsonSlice choice = members[MemberName.ToolChoice];
        JsonSlice tools = members[MemberName.Tools];
        JsonSlice type = choice.Member("type"u8);
        if (choice.Type != JsonTokenType.StartObject || tools.Type != JsonTokenType.StartArray || !(type.IsText("function"u8) || type.IsText("custom"u8)))
        {
            return;
        }
        ReadOnlySpan<byte> kind = type.RawString;
        JsonSlice name = choice.Member(kind).Member("name"u8);
        if (name.Type != JsonTokenType.String)
        {
            return;
        }
        List<string> names = [];
        JsonChildren items = tools.Children();
        while (items.MoveNext() && items.Index < MaximumTools)
        {
            JsonSlice other = NameOf(items.Value);
            if (JsonSliceText.SameText(other, name))
            {
                return;
            }
            if (other.Type == JsonTokenType.String)
            {
                names.Add(other.GetString());
            }
        }
        RequestPath path = check.Path.Member("tool_choice").Member(type.GetString()).Member("name");
        string? nearest = NearestName.Find(name.GetString(), names);
        string meant = nearest is null ? string.Empty : $" Did you mean \"{VisibleText.Line(nearest, 60)}\"?";
        check.Error(
            name, path, $"{path} is \"{VisibleText.Line(name.GetString(), 60)}\", which is none of the tools.{meant}", nearest is null ? null : JsonFix.Safe(JsonPatch.Replace(path, nearest)));
    }

    /// <summary>No two tools have one name: some services refuse it ("Tool names must be unique"), and which of them is called cannot be said.</summary>
    public static void NamesDiffer(RequestCheck check, in RequestMembers members)
    {
        JsonSlice tools = members[MemberName.Tools];
        if (tools.Type != JsonTokenType.StartArray || !check.Findings.WantsWarnings)
        {
            return;
        }
        JsonChildren items = tools.Children();
        while (items.MoveNext() && items.Index < MaximumTools)
        {
            JsonSlice name = NameOf(items.Value);
            if (name.Type == JsonTokenType.String && name.RawString.Length is > 0 and <= MaximumName && IsTaken(tools, items.Index, name))
            {
                RequestPath path = check.Path.Member("tools").Item(items.Index);
                RequestPath place = path.Member(items.Value.Member("custom"u8).Type == JsonTokenType.None ? "function" : "custom").Member("name");
                check.Warning(name, place, $"{place} is \"{VisibleText.Line(name.GetString(), 60)}\", as is another tool's before it: some services refuse that.", JsonFix.Choice(JsonPatch.Remove(path)));
            }
        }
    }

    private static bool IsTaken(JsonSlice tools, int before, JsonSlice name)
    {
        JsonChildren items = tools.Children();
        while (items.MoveNext() && items.Index < before)
        {
            if (JsonSliceText.SameText(NameOf(items.Value), name))
            {
                return true;
            }
        }
        return false;
    }

    private static JsonSlice NameOf(JsonSlice tool)
    {
        JsonSlice function = tool.Member("function"u8);
        return (function.Type == JsonTokenType.None ? tool.Member("custom"u8) : function).Member("name"u8);
    }

    private static void Alone(RequestCheck check, JsonSlice value, string name, string needed, bool isSafe)
    {
        RequestPath path = check.Path.Member(name);
        check.Error(value, path, $"{name} may stand only where {needed} is given.", isSafe ? JsonFix.Safe(JsonPatch.Remove(path)) : null);
    }
}
