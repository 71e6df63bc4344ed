using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiTools.Errors;

namespace ApiTools.Benchmarks;

/// <summary>What it takes to understand an error's body, beside a bare <c>JsonDocument.Parse</c> of the same bytes.</summary>
internal static class ErrorBenchmark
{
    private const int Repetitions = 2000;

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
            contest.Add("understood", () => Repeat(() => ApiErrorReader.Read(status, body, "application/json")));
            await contest.RunAsync(string.Create(CultureInfo.InvariantCulture, $"{name}, {body.Length} bytes, {Repetitions} times"));
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
