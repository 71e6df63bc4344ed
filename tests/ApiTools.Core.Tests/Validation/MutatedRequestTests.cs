using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

/// <summary>Whatever JSON comes, the rules find what is wrong with it and never fail themselves.</summary>
public sealed class MutatedRequestTests
{
    private static readonly int Rounds = JsonMutation.Scale(10);

    private static readonly RequestCheckOptions AsService = new() { Models = ["gpt-4o", "o3"], ContextWindow = _ => 20, EstimateIsExact = true };

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "0.5", "99999999999999999999", "\"\"", "\"x\"", "\"tool\"", "\"\\ud83d\\ude00\"", "\"data:image/png;base64,\"", "[]", "{}",
        "[[]]", "[null]", "{\"type\":\"text\"}", "{\"type\":\"function\"}", "{\"\":null}", "{\"role\":\"tool\"}", "[{\"id\":1}]", "{\"type\":[\"object\"]}",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_rule_throws_and_each_finding_is_whole(int seed)
    {
        Random random = new(seed);
        foreach (RuleRow row in RuleRow.ReadAll())
        {
            for (int round = 0; round < Rounds; round++)
            {
                string json = Mutate(row.Request, random);
                RequestReport report = Check.Run(json);
                Assert.All(report.Findings, finding =>
                {
                    Assert.True(finding.Message.Length is > 0 and < 1000 && finding.Message.All(c => !char.IsControl(c)), json);
                    Assert.True(!finding.IsFixSafe || finding.Fix is not null, json);
                });
                Assert.Equal(report.IsValid, RequestValidator.IsValid(Encoding.UTF8.GetBytes(json), RequestCheckOptions.Default));
                Assert.Equal(Check.Run(json, AsService).IsValid, RequestValidator.IsValid(Encoding.UTF8.GetBytes(json), AsService));
                // The plain twin counts message after message.
                Assert.Equal(Estimate(json), report.Tokens);
            }
        }
    }

    private static int? Estimate(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("messages", out JsonElement messages)
            || messages.ValueKind != JsonValueKind.Array)
        {
            return null;
        }
        JsonSlice found = RequestParts.Read(Encoding.UTF8.GetBytes(json))!["messages"];
        return (int)ConversationText.Tally(found).Tokens;
    }

    // One to three places changed: another value, gone, a new member, or the same twice.
    private static string Mutate(string json, Random random)
    {
        JsonNode? root = JsonNode.Parse(json);
        for (int i = random.Next(1, 4); i > 0 && root is not null; i--)
        {
            List<JsonNode> containers = [.. Containers(root)];
            if (containers.Count == 0)
            {
                break;
            }
            JsonNode container = containers[random.Next(containers.Count)];
            JsonNode? value = JsonNode.Parse(Values[random.Next(Values.Length)]);
            if (container is JsonObject members)
            {
                string[] names = [.. members.Select(member => member.Key), "role", "name", "zzz"];
                string name = names[random.Next(names.Length)];
                if (random.Next(3) == 0)
                {
                    members.Remove(name);
                }
                else
                {
                    members[name] = value;
                }
            }
            else if (container is JsonArray items)
            {
                int index = random.Next(items.Count + 1);
                items.Insert(index, random.Next(2) == 0 || items.Count == 0 ? value : items[random.Next(items.Count)]?.DeepClone());
            }
        }
        return root?.ToJsonString() ?? "null";
    }

    private static IEnumerable<JsonNode> Containers(JsonNode node)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(Containers).Concat(node is JsonValue ? [] : [node]);
    }
}
