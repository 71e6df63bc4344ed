using System.Text;
using ApiTools.Repair;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Repair;

/// <summary>What holds for any request, right or wrong, spaced in any way.</summary>
public sealed class RepairPropertyTests
{
    private const int Seeds = 3_000;

    // A member as it should be, and mistakes that can mean that alone.
    private static readonly (string Right, string[] Wrong)[] Members =
    [
        ("\"temperature\": 0.5", ["\"temperature\": \"0.5\"", "\"temprature\": 0.5", "\"temperatur\": \"0.5\""]),
        ("\"n\" :1", ["\"n\" :\"1\""]),
        ("\"max_tokens\":100", ["\"max_tokens\":\"100\"", "\"max_token\":100"]),
        ("\"stream\": true", ["\"stream\": \"true\"", "\"strem\": true"]),
        ("\"logprobs\" : false", ["\"logprobs\" : \"False\"", "\"logprob\" : false"]),
        ("\"safety_identifier\":\"42\"", ["\"safety_identifier\":42"]),
    ];

    private static readonly string[] Roles = ["user", "usr", "User", "assistant", "assitant", "system", "sytem"];

    [Fact]
    public void Mistakes_that_can_mean_one_thing_are_mended_to_the_byte()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            Random random = NewRandom(seed);
            (string right, string wrong) = Request(random);
            RepairedRequest repaired = Repaired.Run(wrong);
            Assert.True(right == repaired.Request, $"seed {seed}: {wrong} became {repaired.Request}");
            Assert.True(repaired.IsValid && repaired.Findings.Length == 0, $"seed {seed}: {string.Join("; ", repaired.Findings.Select(f => f.Message))}");
            Assert.Equal(right != wrong, repaired.Changes.Length > 0);
        }
    }

    [Fact]
    public void Whatever_comes_in_a_second_repair_changes_nothing_and_the_rest_is_told()
    {
        RepairOptions all = new() { Includes = _ => true };
        for (int seed = 0; seed < Seeds; seed++)
        {
            Random random = NewRandom(seed);
            byte[] broken = Break(random, Encoding.UTF8.GetBytes(Request(random).Wrong));
            foreach (RepairOptions options in (RepairOptions[])[RepairOptions.Default, all, all with { FitContext = ContextFitMode.DropOldest }])
            {
                RepairedRequest once = RequestRepair.Repair(broken, options, CancellationToken.None);
                RepairedRequest twice = RequestRepair.Repair(once.Utf8Json, options, CancellationToken.None);
                Assert.Same(once.Utf8Json, twice.Utf8Json);
                Assert.Empty(twice.Changes);
                Assert.Equal(once.Changes.Length == 0, broken.AsSpan().SequenceEqual(once.Utf8Json));
                RequestReport check = Repaired.Check(once);
                Assert.Equal(check.Findings.Select(finding => finding.ToString()), once.Findings.Select(finding => finding.ToString()));
                Assert.DoesNotContain(once.Findings, options.Applies);
            }
        }
    }

    [Fact]
    public void Mended_syntax_is_told_where_the_mender_tells_it()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            Random random = NewRandom(seed);
            byte[] broken = Break(random, Encoding.UTF8.GetBytes(Request(random).Wrong));
            IEnumerable<(int?, int?)> told = RequestRepair.Repair(broken, RepairOptions.Default, CancellationToken.None).Changes
                .Where(change => change.Param is null)
                .Select(change => (change.Line, change.Column));
            Assert.Equal(JsonMender.Mend(broken, includeUnsafe: false, CancellationToken.None).Edits.Select(edit => ((int?)edit.Line, (int?)edit.Column)), told);
        }
    }

    [Fact]
    public void A_new_error_is_only_what_a_wrong_name_had_hidden()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            Random random = NewRandom(seed);
            byte[] broken = Break(random, Encoding.UTF8.GetBytes(Request(random).Wrong));
            string?[] before = Errors(RequestValidator.Validate(broken, RequestCheckOptions.Default));
            if (before.Contains(null))
            {
                // What is wrong with a text that is no JSON, nobody knows before it is mended.
                continue;
            }
            RepairedRequest repaired = RequestRepair.Repair(broken, new RepairOptions { Includes = _ => true }, CancellationToken.None);
            IEnumerable<string?> renamed = repaired.Changes.Select(change => change.After);
            Assert.All(Errors(Repaired.Check(repaired)).Except(before), param => Assert.Contains(param, renamed));
        }

        static string?[] Errors(RequestReport report) => [.. report.Findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Param)];
    }

#pragma warning disable CA5394 // A seed, no secret.
    private static Random NewRandom(int seed) => new(seed);

    private static (string Right, string Wrong) Request(Random random)
    {
        string separator = Pick(random, [",", ", ", ",\n  ", " ,\r\n\t"]);
        List<string> right = ["\"model\": \"gpt-4o\""];
        List<string> wrong = ["\"model\": \"gpt-4o\""];
        foreach ((string good, string[] bad) in Members.Where(_ => random.Next(2) == 0))
        {
            right.Add(good);
            wrong.Add(random.Next(2) == 0 ? good : Pick(random, bad));
        }
        string[] roles = [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Pick(random, Roles))];
        int place = random.Next(right.Count + 1);
        right.Insert(place, Messages(roles.Select(Meant), separator));
        wrong.Insert(place, Messages(roles, separator));
        return (Whole(right, separator), Whole(wrong, separator));
    }

    private static string Whole(List<string> members, string separator) => $"{{{separator.Replace(",", string.Empty, StringComparison.Ordinal)}{string.Join(separator, members)}\n}}";

    private static string Messages(IEnumerable<string> roles, string separator) =>
        $"\"messages\": [{string.Join(separator, roles.Select((role, index) => $$"""{ "role" : "{{role}}", "content":"caf\u00e9 \"{{index}}\"" }"""))}]";

    private static string Meant(string role) => role switch { "usr" or "User" => "user", "assitant" => "assistant", "sytem" => "system", _ => role };

    // One to three bytes are lost, doubled, or become others.
    private static byte[] Break(Random random, byte[] text)
    {
        List<byte> bytes = [.. text];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int place = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes.RemoveAt(place);
                    break;
                case 1:
                    bytes.Insert(place, bytes[place]);
                    break;
                case 2:
                    bytes[place] = (byte)random.Next(32, 127);
                    break;
                default:
                    bytes[place] = Encoding.ASCII.GetBytes("0\"x:,[]{}\\")[random.Next(10)];
                    break;
            }
        }
        return [.. bytes];
    }

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
#pragma warning restore CA5394
}
