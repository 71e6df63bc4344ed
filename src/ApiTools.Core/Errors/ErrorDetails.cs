using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ApiTools.Errors;

/// <summary>Reads what one service, or one framework, says beside its message: a list of what is wrong, the filters met, a quota's numbers.</summary>
internal static class ErrorDetails
{
    /// <summary>FastAPI and pydantic: <c>[{"type":"missing","loc":["body","messages",0,"role"],"msg":"Field required"}, ...]</c>.</summary>
    public static void ReadFastApi(ErrorNode detail, ErrorFacts facts)
    {
        List<string> findings = [];
        foreach (ErrorNode item in detail.Items)
        {
            string param = Path(item["loc"]);
            string said = item.String("msg") ?? item.String("type") ?? "invalid";
            findings.Add(param.Length == 0 ? said : $"{param}: {said}");
            facts.Param = param;
            facts.Type = item.String("type");
        }
        facts.Message = Joined(findings);
    }

    /// <summary>Several sentences as one: the first three, and how many more there are.</summary>
    public static string Joined(List<string> sentences)
    {
        const int shown = 3;
        string more = sentences.Count > shown ? $"; and {sentences.Count - shown} more" : string.Empty;
        return string.Join("; ", sentences.Take(shown)) + more;
    }

    /// <summary>Azure: which filter, how severe; the outer message says only that there was one. LiteLLM passes it on in a member of its own.</summary>
    public static void ReadFilters(in ErrorFields fields, ErrorFacts facts)
    {
        ErrorNode? inner = fields[ErrorField.InnerError] ?? fields[ErrorField.InnerErrorUnderscore] ?? fields[ErrorField.ProviderFields]?["innererror"];
        if (inner is not ErrorNode azure)
        {
            return;
        }
        facts.Type = azure.String("code");
        if ((azure["content_filter_result"] ?? azure["content_filter_results"]) is not ErrorNode results)
        {
            return;
        }
        string[] filters =
        [
            .. results.Children.Where(filter => filter["filtered"]?.Kind == JsonTokenType.True)
                .Select(filter => filter.String("severity") is string severity ? $"{filter.Name} ({severity})" : filter.Name),
        ];
        if (filters.Length > 0)
        {
            facts.Filters = string.Join(", ", filters);
        }
    }

    /// <summary>google.rpc.ErrorInfo, google.rpc.RetryInfo and google.rpc.QuotaFailure.</summary>
    public static void ReadGoogle(ErrorNode details, ErrorFacts facts)
    {
        foreach (ErrorNode detail in details.Items)
        {
            facts.Reason ??= detail.String("reason");
            facts.Wait ??= detail.String("retryDelay");
            if (detail["violations"]?.First is ErrorNode violation)
            {
                facts.Limit ??= Quota(violation.String("quotaId"), violation.Integer("quotaValue"));
            }
            else if (detail["metadata"]?.String("quota_limit") is string name)
            {
                facts.Limit ??= Quota(name, detail["metadata"]?.Integer("quota_limit_value"));
            }
        }
    }

    /// <summary>llama.cpp: the context size, and what the prompt takes (llama.cpp PR 15780).</summary>
    public static void ReadContext(in ErrorFields fields, ErrorFacts facts) =>
        facts.Context ??= new ContextLength(Number(fields[ErrorField.ContextSize]), null, Number(fields[ErrorField.PromptTokens]), null);

    // GenerateRequestsPerDayPerProjectPerModel-FreeTier, GenerateContentPaidTierInputTokensPerModelPerMinute, Gemini25ProRequestsPerDay: the name
    // of the quota says what it counts, and in which time.
    private static ApiLimitDetail? Quota(string? name, long? value)
    {
        if (name is null)
        {
            return null;
        }
        string? kind = Has("InputToken") ? "input_tokens" : Has("OutputToken") ? "output_tokens" : Has("Token") ? "tokens" : Has("Request") ? "requests" : null;
        TimeSpan? window = Has("PerDay") ? TimeSpan.FromDays(1) : Has("PerMinute") ? TimeSpan.FromMinutes(1) : Has("PerHour") ? TimeSpan.FromHours(1) : null;
        return new ApiLimitDetail { Kind = kind, Window = window, Limit = value };

        bool Has(string part) => name.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private static int? Number(ErrorNode? node) =>
        int.TryParse(node?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string Path(ErrorNode? location)
    {
        StringBuilder path = new();
        foreach (ErrorNode step in location?.Items ?? default)
        {
            // Where FastAPI looked, before what it looked at.
            bool place = path.Length == 0 && step.Text is "body" or "query" or "path" or "header";
            if (step.Text is string name && !place)
            {
                path.Append(step.Kind == JsonTokenType.Number ? $"[{name}]" : path.Length == 0 ? name : "." + name);
            }
        }
        return path.ToString();
    }
}
