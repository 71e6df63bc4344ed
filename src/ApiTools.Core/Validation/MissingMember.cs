namespace ApiTools.Validation;

/// <summary>
/// What a required member that is not there can have been, as far as the rest of the object tells: a type is the name of the member that holds what it
/// is a type of; a role is whose the message looks like.
/// </summary>
internal static class MissingMember
{
    /// <summary>The fix that adds it; null where nothing tells.</summary>
    /// <param name="rule">The rule of the member.</param>
    /// <param name="members">The object's members.</param>
    /// <param name="path">Where the member would stand.</param>
    public static JsonFix? Fix(RequestRule rule, in RequestMembers members, RequestPath path) => rule.Name switch
    {
        "type" when TypeHeld(rule, members) is string type => JsonFix.Safe(JsonPatch.AddRaw(path, $"\"{type}\"")),
        "role" when members.Has(MemberName.ToolCalls) => JsonFix.Safe(JsonPatch.AddRaw(path, "\"assistant\"")),
        "role" when members.Has(MemberName.ToolCallId) => JsonFix.Safe(JsonPatch.AddRaw(path, "\"tool\"")),
        "role" when members.Has(MemberName.Content) => JsonFix.Choice(JsonPatch.AddRaw(path, "\"user\"")),
        _ => null,
    };

    // Of two that are held nobody knows which is meant.
    private static string? TypeHeld(RequestRule rule, in RequestMembers members)
    {
        string? held = null;
        foreach (string type in rule.Values ?? [])
        {
            int index = members.Rule.IndexOfMember(type);
            if (index >= 0 && ((members.Given >> index) & 1) != 0)
            {
                if (held is not null)
                {
                    return null;
                }
                held = type;
            }
        }
        return held;
    }
}
