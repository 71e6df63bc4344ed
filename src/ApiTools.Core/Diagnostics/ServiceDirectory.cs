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
        new("api.openai.com", "OpenAI", "https://platform.openai.com/usage", "https://help.openai.com"),
        // learn.microsoft.com/azure/azure-portal/supportability/how-to-create-azure-support-request
        new("openai.azure.com", "Azure OpenAI", "https://portal.azure.com", "https://portal.azure.com/#view/Microsoft_Azure_Support/HelpAndSupportBlade"),
        new("services.ai.azure.com", "Azure AI Foundry", "https://ai.azure.com", "https://portal.azure.com/#view/Microsoft_Azure_Support/HelpAndSupportBlade"),
        // The links at the foot of docs.anthropic.com
        new("api.anthropic.com", "Anthropic", "https://console.anthropic.com/settings/usage", "https://support.anthropic.com"),
        // ai.google.dev/gemini-api/docs/billing names the page
        new("generativelanguage.googleapis.com", "Google Gemini", "https://aistudio.google.com/usage", "https://discuss.ai.google.dev"),
        // console.groq.com/docs names community and dashboard
        new("api.groq.com", "Groq", "https://console.groq.com/dashboard/usage", "https://community.groq.com"),
        // help.mistral.ai, and the console's own link
        new("api.mistral.ai", "Mistral AI", "https://console.mistral.ai/usage", "https://help.mistral.ai"),
        // api-docs.deepseek.com, at its foot
        new("api.deepseek.com", "DeepSeek", "https://platform.deepseek.com/usage", "api-service@deepseek.com"),
        // openrouter.ai/docs
        new("openrouter.ai", "OpenRouter", "https://openrouter.ai/activity", "https://openrouter.ai/support"),
        // docs.together.ai: billing, usage limits
        new("api.together.xyz", "Together AI", "https://api.together.ai/settings/billing", "support@together.ai"),
        new("api.together.ai", "Together AI", "https://api.together.ai/settings/billing", "support@together.ai"),
        // docs.x.ai, release notes
        new("api.x.ai", "xAI", "https://console.x.ai", "support@x.ai"),
        // docs.cohere.com, rate limits
        new("api.cohere.com", "Cohere", "https://dashboard.cohere.com/billing", "support@cohere.com"),
        new("api.cohere.ai", "Cohere", "https://dashboard.cohere.com/billing", "support@cohere.com"),
        // docs.perplexity.ai names the page
        new("api.perplexity.ai", "Perplexity", "https://www.perplexity.ai/settings/api", null),
        // docs.fireworks.ai
        new("api.fireworks.ai", "Fireworks AI", "https://app.fireworks.ai/account/usage", null),
    ];

    /// <summary>The service at an address; null for one that is not known.</summary>
    public static ServiceInfo? Find(Uri address) => Array.Find(All, service => IsAt(address.Host, service.Host));

    private static bool IsAt(string host, string end) =>
        host.EndsWith(end, StringComparison.OrdinalIgnoreCase) && (host.Length == end.Length || host[host.Length - end.Length - 1] == '.');
}
