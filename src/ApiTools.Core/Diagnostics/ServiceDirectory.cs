using ApiTools.Http;

namespace ApiTools.Diagnostics;

/// <summary>
/// The services whose console and support are known. A service that is not here has none in a report: an address is never guessed. Seen in November 2026
/// in what the services publish themselves or in public repositories that name them, as said at each.
/// </summary>
internal static class ServiceDirectory
{
    private static readonly ServiceInfo[] All =
    [
        // help.openai.com/en/articles/10478918-api-usage-dashboard
        new("api.openai.com", "OpenAI", "https://platform.openai.com/usage", "https://platform.openai.com/account/api-keys", "https://help.openai.com"),
        // learn.microsoft.com/azure/azure-portal/supportability/how-to-create-azure-support-request
        new("openai.azure.com", "Azure OpenAI", "https://portal.azure.com", "https://portal.azure.com", "https://portal.azure.com/#view/Microsoft_Azure_Support/HelpAndSupportBlade"),
        new("services.ai.azure.com", "Azure AI Foundry", "https://ai.azure.com", "https://ai.azure.com", "https://portal.azure.com/#view/Microsoft_Azure_Support/HelpAndSupportBlade"),
        // The links at the foot of docs.anthropic.com
        new("api.anthropic.com", "Anthropic", "https://console.anthropic.com/settings/usage", "https://console.anthropic.com/settings/keys", "https://support.anthropic.com"),
        // ai.google.dev/gemini-api/docs/billing names the page
        new("generativelanguage.googleapis.com", "Google Gemini", "https://aistudio.google.com/usage", "https://aistudio.google.com/apikey", "https://discuss.ai.google.dev"),
        // console.groq.com/docs names community and dashboard
        new("api.groq.com", "Groq", "https://console.groq.com/dashboard/usage", "https://console.groq.com/keys", "https://community.groq.com"),
        // help.mistral.ai, and the console's own link
        new("api.mistral.ai", "Mistral AI", "https://console.mistral.ai/usage", "https://console.mistral.ai/api-keys", "https://help.mistral.ai"),
        // api-docs.deepseek.com, at its foot
        new("api.deepseek.com", "DeepSeek", "https://platform.deepseek.com/usage", "https://platform.deepseek.com/api_keys", "api-service@deepseek.com"),
        // openrouter.ai/docs
        new("openrouter.ai", "OpenRouter", "https://openrouter.ai/activity", "https://openrouter.ai/settings/keys", "https://openrouter.ai/support"),
        // docs.together.ai: billing, usage limits
        new("api.together.xyz", "Together AI", "https://api.together.ai/settings/billing", "https://api.together.ai/settings/api-keys", "support@together.ai"),
        new("api.together.ai", "Together AI", "https://api.together.ai/settings/billing", "https://api.together.ai/settings/api-keys", "support@together.ai"),
        // docs.x.ai, release notes
        new("api.x.ai", "xAI", "https://console.x.ai", "https://console.x.ai", "support@x.ai"),
        // docs.cohere.com, rate limits
        new("api.cohere.com", "Cohere", "https://dashboard.cohere.com/billing", "https://dashboard.cohere.com/api-keys", "support@cohere.com"),
        new("api.cohere.ai", "Cohere", "https://dashboard.cohere.com/billing", "https://dashboard.cohere.com/api-keys", "support@cohere.com"),
        // docs.perplexity.ai names the page
        new("api.perplexity.ai", "Perplexity", "https://www.perplexity.ai/settings/api", "https://www.perplexity.ai/settings/api", null),
        // docs.fireworks.ai
        new("api.fireworks.ai", "Fireworks AI", "https://app.fireworks.ai/account/usage", "https://app.fireworks.ai/settings/users/api-keys", null),
    ];

    /// <summary>The service at an address; null for one that is not known.</summary>
    public static ServiceInfo? Find(Uri address) => Find(address.Host);

    /// <summary>The service at a host, with a port or without; null for one that is not known.</summary>
    public static ServiceInfo? Find(string host) => Array.Find(All, service => IsAt(host.Split(':')[0], service.Host));

    /// <summary>The page of the service's console where that failure ends, which only a person at the provider can do: a new key, more quota; null for any other.</summary>
    public static string? PageFor(ApiException failure)
    {
        ServiceInfo? service = FailureContext.Of(failure) is FailureContext context ? Find(context.Connection.BaseUri) : null;
        return failure.Code switch
        {
            "invalid_api_key" or "expired_api_key" or "revoked_api_key" => service?.KeysPage,
            "insufficient_quota" => service?.UsagePage,
            _ => null,
        };
    }

    private static bool IsAt(string host, string end) =>
        host.EndsWith(end, StringComparison.OrdinalIgnoreCase) && (host.Length == end.Length || host[host.Length - end.Length - 1] == '.');
}
