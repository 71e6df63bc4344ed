using System.Globalization;
using System.Text;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

/// <summary>What the check of a request that is right costs in memory: its report, or nothing.</summary>
[Collection(AloneInProcess.Name)]
public sealed class CheckAllocationTests
{
    private const int Lines = 200;

    // A report is 72 bytes: a header of 16, four references, a number that may be null, and a place that may be. Its source and its findings are
    // nobody's but its own.
    private const int MostOfReport = 72;

    // Ordinary ones: a conversation, escapes, Chinese, tools and their answers, parts, a schema.
    private static readonly string[] Texts =
    [
        """{"model":"gpt-4o","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"What is a \"token\"?\nAnd 用中文? \u4e2d \ud83d\ude00"}],"temperature":0.7,"max_tokens":200,"seed":{0},"stream":false}""",
        """{"model":"gpt-4o-mini","messages":[{"role":"user","content":[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"https://example.com/{0}.png"}}]}],"stop":["a","b"],"metadata":{"a":"b"}}""",
        """{"model":"gpt-4o","messages":[{"role":"user","content":"Weather?"},{"role":"assistant","content":null,"tool_calls":[{"id":"c{0}","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c{0}","content":"rain"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{}}}}],"tool_choice":"auto"}""",
        """{"model":"gpt-4o","messages":[{"role":"user","content":"Say it as JSON"}],"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object"}}},"logit_bias":{"50256":-100}}""",
    ];

    // The same, under the names that models have beside their own.
    private static readonly string[] Named =
    [
        Texts[0].Replace("gpt-4o", "gpt-4o-2024-08-06", StringComparison.Ordinal),
        Texts[1].Replace("gpt-4o-mini", "gpt-4o-2024-08-06", StringComparison.Ordinal),
        Texts[0].Replace("gpt-4o", "ft:gpt-4o-2024-08-06:org::id", StringComparison.Ordinal),
    ];

    // Right, but something is told of them: a verdict is silent about it.
    private static readonly string[] Doubted =
    [
        """{"model":"llama3","messages":[{"role":"user","content":"Hello"}]}""",
        """{"model":"gpt-4o","messages":[{"role":"user","content":""}],"top_k":{0},"user":null,"service_tier":"best"}""",
        """{"model":"gpt-4o","messages":[{"role":"user","content":"Hello","content":"Hello"}],"max_tokens":99999,"functions":[{"name":"f"}]}""",
    ];

    public static TheoryData<string> Right => [.. Texts];

    public static TheoryData<string> RightOrDoubted => [.. Texts, .. Named, .. Doubted];

    [DotNetTheory("nothing tells what a thread allocates")]
    [MemberData(nameof(RightOrDoubted))]
    public void A_verdict_on_a_request_that_is_right_allocates_nothing(string text) =>
        Assert.Equal(0, Allocated(text, line => Assert.True(RequestValidator.IsValid(line, RequestCheckOptions.Default))));

    [DotNetTheory("nothing tells what a thread allocates")]
    [MemberData(nameof(Right))]
    public void A_report_on_a_request_that_is_right_allocates_itself_alone(string text) => Assert.InRange(
        Allocated(text, line => Assert.True(RequestValidator.Validate(line, RequestCheckOptions.Default).Findings.Length == 0)), 0, Lines * MostOfReport);

    [DotNetFact("nothing tells what a thread allocates")]
    public void A_verdict_makes_no_message_of_what_it_finds()
    {
        // A report of it holds 1000 findings, each with its message and its excerpt.
        string text = $$"""{"model":"gpt-4o","messages":[{{string.Join(',', Enumerable.Repeat("""{"role":"x"}""", 5000))}}]}""";
        Assert.InRange(Allocated(text, line => Assert.False(RequestValidator.IsValid(line, RequestCheckOptions.Default))), 0, Lines * 10_000);
    }

    private static long Allocated(string text, Action<RequestLine> check)
    {
        List<RequestLine> lines =
            [.. Enumerable.Range(1, Lines).Select(i => new RequestLine(i, Encoding.UTF8.GetBytes(text.Replace("{0}", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))))];
        // The first pass makes what is kept for the thread.
        lines.ForEach(check);
        long before = GC.GetAllocatedBytesForCurrentThread();
        lines.ForEach(check);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
