using ApiTools.Text;

namespace ApiTools.Http;

/// <summary>The headers of an answer that a support ticket is better for. All others stay out: cookies, names of accounts, what a proxy adds.</summary>
internal static class ReportedHeaders
{
    private const int MaximumValue = 200;

    private static readonly string[] Names =
    [
        // The ids that support asks for, in their spellings.
        "x-request-id", "request-id", "apim-request-id", "x-ms-request-id", "x-amzn-requestid", "x-amz-request-id", "x-goog-request-id", "x-generation-id",
        "x-correlation-id", "x-trace-id", "cf-ray",
        // When, from where, and who answered.
        "date", "server", "via", "x-ms-region", "x-served-by", "openai-processing-ms", "openai-version", "x-envoy-upstream-service-time",
        // Limits and waits.
        "retry-after", "retry-after-ms", "x-should-retry", "content-type",
    ];

    private static readonly string[] Beginnings = ["x-ratelimit-", "anthropic-ratelimit-", "ratelimit-"];

    /// <summary>Those headers of an answer, in the answer's order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(HttpResponseMessage response, string? key) =>
    [
        .. HeaderValues.Collect(response)
            .Where(header => IsWorthShowing(header.Key))
            .Select(header => new KeyValuePair<string, string>(header.Key, VisibleText.Line(Redactor.Redact(header.Value, key), MaximumValue))),
    ];

    private static bool IsWorthShowing(string name) =>
        Array.Exists(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
        || Array.Exists(Beginnings, known => name.StartsWith(known, StringComparison.OrdinalIgnoreCase));
}
