using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>Whether an object has the members that it must have, and no others than are documented.</summary>
internal static class MemberNames
{
    /// <summary>Checks which members an object has.</summary>
    /// <param name="check">The check that asks.</param>
    /// <param name="members">Its documented members.</param>
    /// <param name="unknown">The others, with where their names stand; null for none.</param>
    public static void Check(RequestCheck check, in RequestMembers members, List<(string Name, int Start)>? unknown)
    {
        RequestRule[] rules = members.Rule.Members!;
        Dictionary<string, string>? mistyped = unknown is null || !check.Findings.WantsWarnings ? null : ReportUnknown(check, members, unknown);
        for (int i = 0; i < rules.Length; i++)
        {
            if (rules[i].Required && members.TypeAt(i) == JsonTokenType.None)
            {
                string hint = mistyped is not null && mistyped.TryGetValue(rules[i].Name, out string? name) ? $" Is {VisibleText.Line(name, 60)} meant for it?" : string.Empty;
                RequestPath path = check.Path.Member(rules[i].Name);
                // A mistyped name has a fix of its own.
                check.Missing(members.Value, path, $"it has to be {ValueKind.Words(rules[i].Kinds)}.{hint}", hint.Length > 0 ? null : MissingMember.Fix(rules[i], members, path));
            }
        }
    }

    // A name near one that is not there is a mistyped one; any other may be a service's own.
    private static Dictionary<string, string> ReportUnknown(RequestCheck check, in RequestMembers members, List<(string Name, int Start)> unknown)
    {
        List<string> absent = Absent(members);
        RequestPath parent = check.Path;
        List<string?> nearest = [.. unknown.Select(one => check.Depth == 0 && OtherServices.Find(one.Name) is not null ? null : NearestName.Find(one.Name, absent))];
        Dictionary<string, string> mistyped = new(StringComparer.Ordinal);
        HashSet<string> claimedTwice = new(StringComparer.Ordinal);
        for (int i = 0; i < unknown.Count; i++)
        {
            if (nearest[i] is string name && mistyped.ContainsKey(name))
            {
                claimedTwice.Add(name);
            }
            else if (nearest[i] is string first)
            {
                mistyped[first] = unknown[i].Name;
            }
        }
        for (int i = 0; i < unknown.Count; i++)
        {
            RequestPath place = parent.Member(unknown[i].Name);
            string meant = nearest[i] is null ? "a service may ignore or refuse it." : $"did you mean {nearest[i]}?";
            // Of two that may mean the same member only one can be it.
            JsonFix? fix = nearest[i] is string name ? new JsonFix(JsonPatch.Move(place, parent.Member(name)), !claimedTwice.Contains(name)) : null;
            check.Findings.Warning("invalid_value", unknown[i].Start, place, $"{place} is not a documented parameter; {meant}", fix);
        }
        return mistyped;
    }

    private static List<string> Absent(in RequestMembers members)
    {
        List<string> absent = [];
        for (int i = 0; i < members.Rule.Members!.Length; i++)
        {
            if (members.TypeAt(i) == JsonTokenType.None)
            {
                absent.Add(members.Rule.Members[i].Name);
            }
        }
        return absent;
    }
}
