using System.Text.Json;

namespace ApiTools.Core.Tests.Validation;

/// <summary>One example of what a rule says: members that are right, or wrong with what is found.</summary>
/// <param name="Fact">What the rule says: one of <see cref="RuleTable.Facts"/>.</param>
/// <param name="Kind">+ for right, - for an error, ~ for a warning, ! for an error where the service is known.</param>
/// <param name="Code">The finding's code; null for what is right.</param>
/// <param name="Param">The finding's place; null for the request as a whole.</param>
/// <param name="Request">The request.</param>
public sealed record RuleRow(string Fact, char Kind, string? Code, string? Param, string Request)
{
    /// <summary>Reads the fixture.</summary>
    public static IReadOnlyList<RuleRow> ReadAll()
    {
        List<RuleRow> rows = [];
        string fact = string.Empty;
        foreach (string line in Fixtures.Text("request-rules.txt").Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '=')
            {
                fact = line[2..];
            }
            else if (line[0] == '+')
            {
                rows.Add(new RuleRow(fact, '+', null, null, Complete(line[2..])));
            }
            else
            {
                string[] parts = line.Split(' ', 4);
                rows.Add(new RuleRow(fact, line[0], parts[1], parts[2] == "-" ? null : parts[2], Complete(parts[3])));
            }
        }
        return rows;
    }

    /// <summary>What a test's name shows.</summary>
    public override string ToString() => $"{Fact} {Kind} {(Request.Length > 200 ? Request[..200] + "…" : Request)}";

    // A whole request: the model and the messages are what an example is seldom about.
    private static string Complete(string json)
    {
        const string Whole = "whole:";
        if (json.StartsWith(Whole, StringComparison.Ordinal))
        {
            return json[Whole.Length..];
        }
        using JsonDocument document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return json;
        }
        List<string> members = [];
        Add("model", "\"gpt-4o\"");
        Add("messages", """[{"role":"user","content":"Hello"}]""");
        string rest = json[1..^1];
        return $"{{{string.Join(',', rest.Length > 0 ? [.. members, rest] : members)}}}";

        void Add(string name, string value)
        {
            if (!document.RootElement.TryGetProperty(name, out _))
            {
                members.Add($"\"{name}\":{value}");
            }
        }
    }
}
