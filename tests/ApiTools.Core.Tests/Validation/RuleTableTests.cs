using System.Net;
using System.Text;
using ApiTools.Core.Tests.Simulator;
using ApiTools.Errors;
using ApiTools.Simulator;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

/// <summary>Walks the whole table of rules along its examples (Fixtures/request-rules.txt).</summary>
public sealed class RuleTableTests
{
    private static readonly IReadOnlyList<RuleRow> All = RuleRow.ReadAll();

    // What the examples ask of, and the one whose window anybody can overflow.
    private static readonly string[] Models =
        ["gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-5-mini", "gpt-5-chat-latest", "gpt-5.1", "o1", "o3", "o4-mini", "o4-mini-2025-04-16", "llama3", SimulatorModels.Small];

    private static readonly RequestCheckOptions AsService = new() { Models = Models, ContextWindow = SimulatorModels.WindowOf, EstimateIsExact = true };

    public static TheoryData<RuleRow> Rows => [.. All];

    [Fact]
    public void Everything_that_a_rule_says_has_an_example_that_is_right_and_one_that_is_wrong()
    {
        Assert.Equal(RuleTable.Facts, All.Where(row => row.Kind == '+').Select(row => row.Fact).Distinct());
        Assert.Equal(RuleTable.Facts, All.Where(row => row.Kind != '+').Select(row => row.Fact).Distinct());
    }

    [Fact]
    public void Every_rule_says_where_it_is_documented() => Assert.All(RuleTable.Rules, row =>
    {
        Assert.False(string.IsNullOrEmpty(row.Rule.Source), row.Place);
        Assert.All(row.Rule.Relations, relation => Assert.False(string.IsNullOrEmpty(relation.Source), relation.Name));
    });

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_example_is_found_right_or_wrong_at_its_place(RuleRow row)
    {
        RequestReport report = Check.Run(row.Request, AsService);
        if (row.Kind == '+')
        {
            Assert.DoesNotContain(report.Findings, finding => finding.Severity == FindingSeverity.Error);
            HashSet<string?> doubted = [.. All.Where(other => other.Fact == row.Fact && other.Kind == '~').Select(other => other.Param)];
            Assert.DoesNotContain(report.Findings, finding => doubted.Contains(finding.Param));
            return;
        }
        FindingSeverity severity = row.Kind == '~' ? FindingSeverity.Warning : FindingSeverity.Error;
        Assert.Contains(report.Findings, finding => (finding.Severity, finding.Code, finding.Param) == (severity, row.Code, row.Param));
        // Where nothing is known of the service, its models and windows are doubts.
        FindingSeverity unknown = row.Kind is '~' or '!' ? FindingSeverity.Warning : FindingSeverity.Error;
        if (!row.Request.Contains(SimulatorModels.Small, StringComparison.Ordinal))
        {
            Assert.Contains(Check.Run(row.Request).Findings, finding => (finding.Severity, finding.Code, finding.Param) == (unknown, row.Code, row.Param));
        }
    }

    [Fact]
    public async Task The_simulator_answers_each_example_with_the_same_code_and_place()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions { Models = Models });
        foreach (RuleRow row in All)
        {
            using HttpResponseMessage answer = await simulator.PostAsync(row.Request);
            string body = await answer.Content.ReadAsStringAsync();
            bool isRight = row.Kind is '+' or '~';
            Assert.True((answer.StatusCode == HttpStatusCode.OK) == isRight, $"{row}: {body}");
            if (!isRight)
            {
                ApiFailure error = ApiErrorReader.Read((int)answer.StatusCode, Encoding.UTF8.GetBytes(body), "application/json");
                Assert.Equal((row.ToString(), row.Code, row.Param), (row.ToString(), error.Code, error.Param));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_fix_mends_what_it_is_for_and_breaks_nothing(RuleRow row)
    {
        RequestReport report = Check.Run(row.Request, AsService);
        foreach (Finding finding in report.Findings.Where(finding => finding.Fix is not null))
        {
            string mended = PatchApplier.Apply(row.Request, finding.Fix!);
            RequestReport after = Check.Run(mended, AsService);
            Assert.DoesNotContain(after.Findings, other => (other.Param, other.Message) == (finding.Param, finding.Message));
            if (finding.IsFixSafe)
            {
                Assert.True(Errors(after) <= Errors(report) && after.Findings.Length <= report.Findings.Length, $"{finding}: {mended}: {string.Join(" ", after.Findings.Select(other => other.Message))}");
            }
        }
    }

    private static int Errors(RequestReport report) => report.Findings.Count(finding => finding.Severity == FindingSeverity.Error);
}
