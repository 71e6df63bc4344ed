using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiTools.Errors;

namespace ApiTools.Benchmarks;

/// <summary>
/// What it takes to resolve an error's body, beside a bare <c>JsonDocument.Parse</c> of the same bytes, disposed. Resolved is a body whose facts are
/// known, redacted and bounded, without one of them read again: code, service's code, type, message, parameter, request id, the wait, the limit's or the
/// context's numbers, and the body as it is kept (<see cref="ApiErrorReader.Read"/>); its text is made for who asks for <c>RawBody</c>, and is asked for in a
/// row of its own, as are the typed exception, and a connection's own key that is looked for too.
/// </summary>
internal static class ErrorBenchmark
{
    // So few that a run is over before another process has its turn.
    private const int Repetitions = 500;

    // It stands in none of the bodies.
    private const string Key = "sk-proj-0123456789abcdefghijABCDEFGHIJ";

    private static readonly (string Name, int Status, string Body)[] Bodies =
    [
        ("the page's own", 400, """{"error":{"message":"temperature must be in 0-2 range","type":"invalid_request_error","code":"invalid_value","param":"temperature"}}"""),
        ("OpenAI: a wrong key", 401, """{"error":{"message":"Incorrect API key provided: sk-abcde*********wxyz. You can find your API key at https://platform.openai.com/account/api-keys.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"""),
        ("OpenAI: a spent quota", 429, """{"error":{"message":"You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"""),
        ("OpenAI: a limit, with its numbers", 429, """{"error":{"message":"Rate limit reached for gpt-4o-mini in organization org-x on tokens per min (TPM): Limit 100000, Used 96749, Requested 19126. Please try again in 9.525s. Visit https://platform.openai.com/account/rate-limits to learn more.","type":"tokens","param":null,"code":"rate_limit_exceeded"}}"""),
        ("OpenAI: too long, with its numbers", 400, """{"error":{"message":"This model's maximum context length is 4097 tokens. However, you requested 4256 tokens (2256 in the messages, 2000 in the completion). Please reduce the length of the messages or completion.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"""),
        ("Anthropic: too long, by its words", 400, """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 208310 tokens > 200000 maximum"},"request_id":"req_011CVQe1dLrGNMJyE1ghG1av"}"""),
        ("Azure: a filter", 400, """{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry. To learn more about our content filtering policies please read our documentation: https://go.microsoft.com/fwlink/?linkid=2198766","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":false,"severity":"safe"},"jailbreak":{"filtered":true,"detected":true},"self_harm":{"filtered":false,"severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"safe"}}}}}"""),
        ("Gemini: a quota with details", 429, """{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits. \n* Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_paid_tier_input_token_count, limit: 4000000\nPlease retry in 47.434392449s.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.Help","links":[{"description":"Learn more about Gemini API quotas","url":"https://ai.google.dev/gemini-api/docs/rate-limits"}]},{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaMetric":"generativelanguage.googleapis.com/generate_content_paid_tier_input_token_count","quotaId":"GenerateContentPaidTierInputTokensPerModelPerMinute","quotaDimensions":{"location":"global","model":"gemini-2.0-flash"},"quotaValue":"4000000"}]},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"47s"}]}}"""),
        ("FastAPI: a list", 422, """{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required","input":{"model":"x"}},{"type":"extra_forbidden","loc":["body","top_k"],"msg":"Extra inputs are not permitted","input":5}]}"""),
    ];

    public static async Task RunAsync(int rounds)
    {
        foreach ((string name, int status, string text) in Bodies)
        {
            byte[] body = Encoding.UTF8.GetBytes(text);
            Contest contest = new(rounds, Repetitions);
            contest.Add("JsonDocument.Parse", () => Repeat(() =>
            {
                using JsonDocument document = JsonDocument.Parse(body);
            }));
            contest.Add("resolved", () => Repeat(() => ApiErrorReader.Read(status, body, "application/json")));
            contest.Add("resolved, and the text of RawBody", () => Repeat(() => _ = ApiErrorReader.Read(status, body, "application/json").RawBody));
            contest.Add("resolved, where there is a key", () => Repeat(() => ApiErrorReader.Read(status, body, "application/json", key: Key)));
            contest.Add("resolved, and the exception made", () => Repeat(() => ApiExceptionFactory.Create(ApiErrorReader.Read(status, body, "application/json"))));
            await contest.RunAsync(string.Create(CultureInfo.InvariantCulture, $"{name}, {body.Length} bytes, {Repetitions} times"));
        }
        await RunShapesAsync(rounds);
    }

    // Every shape of the tests' table that is JSON: all of them warm, then each measured by itself.
    private static async Task RunShapesAsync(int rounds)
    {
        List<(string Name, Contest Contest)> contests = [];
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "shapes.txt"));
        for (int i = 0; i + 3 < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i][0] == '#')
            {
                continue;
            }
            // The dialect, the status and its headers, the body, what it becomes.
            int status = int.Parse(lines[i + 1].Split(' ')[0], CultureInfo.InvariantCulture);
            byte[] body = Encoding.UTF8.GetBytes(lines[i + 2]);
            if (IsJson(body))
            {
                Contest contest = new(rounds, Repetitions);
                contest.Add("JsonDocument.Parse", () => Repeat(() =>
                {
                    using JsonDocument document = JsonDocument.Parse(body);
                }));
                contest.Add("resolved", () => Repeat(() => ApiErrorReader.Read(status, body, "application/json")));
                contests.Add(($"{lines[i]} ({body.Length} bytes)", contest));
            }
            i += 3;
        }
        // Some take ways that no other takes, which the JIT has to meet first.
        foreach ((_, Contest contest) in contests)
        {
            await contest.RatioAsync(warm: false);
        }
        List<(string Name, double OfMedians, double OfLeast)> rows = [];
        foreach ((string name, Contest contest) in contests)
        {
            (double ofMedians, double ofLeast) = await contest.RatioAsync(warm: rows.Count == 0);
            rows.Add((name, ofMedians, ofLeast));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Every shape, resolved: {rows.Count} rows"));
        Summarise($"ratios of medians of {rounds}", [.. rows.Select(row => row.OfMedians)]);
        Summarise("ratios of least times", [.. rows.Select(row => row.OfLeast)]);
        foreach ((string name, double ofMedians, double ofLeast) in rows.OrderByDescending(row => row.OfLeast).Take(10))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ratio {ofMedians,5:0.00}  of least {ofLeast,5:0.00}  {name}"));
        }
    }

    private static void Summarise(string what, double[] ratios)
    {
        Array.Sort(ratios);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {what,-28} median {ratios[ratios.Length / 2],5:0.00}  worst {ratios[^1],5:0.00}  up to 3: {ratios.Count(ratio => ratio <= 3)}"));
    }

    private static bool IsJson(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Task Repeat(Action run)
    {
        for (int i = 0; i < Repetitions; i++)
        {
            run();
        }
        return Task.CompletedTask;
    }
}
