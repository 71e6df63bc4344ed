using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>What the members of a message and of its parts demand of each other.</summary>
internal static class MessageRelations
{
    /// <summary>content is required, but for an assistant's message that holds tool calls, a refusal or audio instead.</summary>
    public static void HasContent(RequestCheck check, in RequestMembers members)
    {
        if (members.Is(MemberName.Role, "assistant"u8) && HasInstead(members))
        {
            return;
        }
        RequestPath content = check.Path.Member("content");
        if (members.Contains(MemberName.Content))
        {
            check.Error(members[MemberName.Content], content, $"{content} is null; only an assistant's message with tool_calls may have none.");
        }
        else
        {
            check.Missing(members.Value, content, "it has to be a string or an array of parts.");
        }
    }

    /// <summary>A user who says nothing: some services refuse it ("text content blocks must be non-empty").</summary>
    public static void SaysSomething(RequestCheck check, in RequestMembers members)
    {
        if (members.Is(MemberName.Role, "user"u8) && check.Findings.WantsWarnings)
        {
            RequestPath path = check.Path.Member("content");
            check.Warning(members[MemberName.Content], path, $"{path} is empty, which some services refuse.");
        }
    }

    /// <summary>A tool's message names the call that it answers.</summary>
    public static void ToolNamesCall(RequestCheck check, in RequestMembers members) =>
        check.Missing(members.Value, check.Path.Member("tool_call_id"), "a message of role tool names the tool call that it answers.");

    /// <summary>The answers of tools follow their calls.</summary>
    public static void ToolsAnswer(RequestCheck check, in RequestMembers members) => check.ToolOrder.Visit(check, members);

    /// <summary>Only a user shows images, sound and files, and only an assistant refuses.</summary>
    public static void PartsSuitRole(RequestCheck check, in RequestMembers members)
    {
        JsonSlice content = members[MemberName.Content];
        bool isAssistant = members.Is(MemberName.Role, "assistant"u8);
        if (!(isAssistant || members.Is(MemberName.Role, "system"u8) || members.Is(MemberName.Role, "developer"u8) || members.Is(MemberName.Role, "tool"u8)))
        {
            return;
        }
        JsonChildren parts = content.Children();
        while (parts.MoveNext() && !check.Findings.IsFull)
        {
            JsonSlice type = parts.Value.Member("type"u8);
            bool suits = type.IsText("text"u8) || (isAssistant && type.IsText("refusal"u8));
            if (!suits && type.Type == JsonTokenType.String && MessageRules.IsPartType(type))
            {
                RequestPath path = check.Path.Member("content").Item(parts.Index).Member("type");
                check.Error(
                    type,
                    path,
                    $"{path} is {type.GetRawText()}; a message of role {members[MemberName.Role].GetString()} has parts of type text{(isAssistant ? " or refusal" : string.Empty)} only.");
            }
        }
    }

    /// <summary>An object of type image_url has a member image_url, and so on for each type.</summary>
    public static void HoldsItsType(RequestCheck check, in RequestMembers members)
    {
        JsonSlice type = members[MemberName.Type];
        int index = type.Type == JsonTokenType.String ? members.Rule.IndexOfMember(JsonSliceText.Plain(type)) : -1;
        if (index < 0 || members.TypeAt(index) is not (JsonTokenType.None or JsonTokenType.Null))
        {
            return;
        }
        string name = members.Rule.Members![index].Name;
        RequestPath path = check.Path.Member(name);
        if (members.TypeAt(index) == JsonTokenType.None)
        {
            check.Missing(members.Value, path, $"an object of type {name} holds it.");
        }
        else
        {
            check.Error(members.At(index), path, $"{path} is null; an object of type {name} holds it.");
        }
    }

    /// <summary>A file is given by its id or by its data.</summary>
    public static void FileIsThere(RequestCheck check, in RequestMembers members)
    {
        if (!members.Has(MemberName.FileId) && !members.Has(MemberName.FileData))
        {
            check.Missing(members.Value, check.Path.Member("file_data"), "a file is given by its file_data, or by its file_id.");
        }
    }

    private static bool HasInstead(in RequestMembers members) =>
        members.Has(MemberName.ToolCalls) || members.Has(MemberName.FunctionCall) || members.Has(MemberName.Refusal) || members.Has(MemberName.Audio);
}
