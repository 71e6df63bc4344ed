namespace ApiTools.Text;

/// <summary>
/// The secrets that can be known by where they stand, or by their looks. What has neither (a key of Mistral or of Cohere is 32 or 40 letters and digits) is
/// known by the name before it, and a connection's own key always.
/// </summary>
internal static class SecretPatterns
{
    // Between a name and its value: quotes, in a JSON string too, and blanks.
    private const string Quotes = @"[\\""']{0,4}";
    private const string Is = Quotes + @"\s{0,8}[=:]\s{0,8}" + Quotes;

    // Not within a word; a _ before it is no letter (OPENAI_API_KEY).
    private const string Begins = @"(?<![A-Za-z0-9])";

    /// <summary>All of them, those first that keep what stands before.</summary>
    public static IReadOnlyList<SecretPattern> All { get; } =
    [
        new("Authorization, Proxy-Authorization", @"(?<keep>\b(?:proxy-)?authorization" + Is + @"(?:(?:Bearer|Basic|Digest|Token|ApiKey)\s{1,8})?)[^\s""',;\\]+", "RFC 9110, 11.6.2"),
        new("Cookie, Set-Cookie", @"(?<keep>\b(?:set-)?cookie" + Quotes + @"\s{0,8}:\s{0,8}" + Quotes + @")[^\r\n""'\\]+", "RFC 6265, 4"),
        new("Bearer tokens", @"(?<keep>\bBearer\s{1,8})[^\s""',;\\]{4,}", "RFC 6750, 2.1"),
        new("Basic credentials", @"(?<keep>\bBasic\s{1,8})[A-Za-z0-9+/=_-]{8,}", "RFC 7617, 2"),
        // Azure's 32 hexadecimal digits stand behind api-key; Google's key behind x-goog-api-key; environment variables end so.
        new(
            "names of a secret: headers, JSON, forms, variables",
            @"(?<keep>" + Begins + @"(?:x-)?(?:api[-_]?key|subscription-key|(?:access|refresh|auth|id|session|security)[-_]?token|client[-_]?secret|secret[-_]?(?:access[-_]?)?key|password|passwd|pwd)"
            + Is + @")[^\s""'&,;}\\]{4,}",
            "learn.microsoft.com/azure/ai-services/openai/reference; ai.google.dev/api; docs.cohere.com; docs.mistral.ai"),
        new("keys in an address", @"(?<keep>[?&](?:key|token|sig|signature|secret|code|x-amz-signature|x-amz-credential|x-amz-security-token)=)[^\s""'&#\\]+", "RFC 6750, 2.3; AWS Signature Version 4"),
        new("user:password@ in an address", @"(?<keep>://)[^\s/?#@""'<>\\]{1,256}(?=@)", "RFC 3986, 3.2.1"),
        // Services echo a key with a part starred out. sk-proj-, sk-svcacct-, sk-ant-, sk-or-, DeepSeek's sk-, Stripe's sk_live_, ElevenLabs' sk_.
        new("OpenAI, Anthropic, OpenRouter, DeepSeek and their like", @"\bsk[-_][A-Za-z0-9_*.-]{6,}", "platform.openai.com; docs.anthropic.com; openrouter.ai/docs; GitHub secret scanning patterns"),
        new("Groq", @"\bgsk[-_][A-Za-z0-9_*-]{16,}", "console.groq.com/docs/quickstart"),
        new("xAI", @"\bxai-[A-Za-z0-9_*-]{16,}", "docs.x.ai"),
        new("Hugging Face", @"\bhf_[A-Za-z0-9_*-]{16,}", "huggingface.co/docs/hub/security-tokens"),
        new("Replicate", @"\br8_[A-Za-z0-9_*-]{16,}", "replicate.com/docs/reference/http"),
        new("NVIDIA", @"\bnvapi-[A-Za-z0-9_*-]{16,}", "docs.api.nvidia.com"),
        new("Perplexity", @"\bpplx-[A-Za-z0-9_*-]{16,}", "docs.perplexity.ai"),
        new("Fireworks", @"\bfw_[A-Za-z0-9_*-]{16,}", "docs.fireworks.ai"),
        new("Cerebras", @"\bcsk-[A-Za-z0-9_*-]{16,}", "inference-docs.cerebras.ai"),
        new("Together", @"\btgp_v1_[A-Za-z0-9_*-]{16,}", "docs.together.ai"),
        new("Google", @"\bAIza[A-Za-z0-9_-]{20,}", "cloud.google.com/docs/authentication/api-keys"),
        new("Google OAuth", @"\bya29\.[A-Za-z0-9_-]{16,}", "developers.google.com/identity/protocols/oauth2"),
        new("AWS access key ids", @"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b", "docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"),
        new("GitHub", @"\b(?:gh[pousr]|github_pat)_[A-Za-z0-9_*-]{16,}", "docs.github.com/authentication"),
        new("GitLab", @"\bglpat-[A-Za-z0-9_*-]{16,}", "docs.gitlab.com/security/tokens"),
        new("Slack", @"\bxox[abeoprs]-[A-Za-z0-9-]{10,}", "api.slack.com/authentication/token-types"),
        new("others of that kind", @"\b(?:pk|rk)[-_][A-Za-z0-9_*-]{16,}", "docs.stripe.com/keys"),
        new("JSON Web Tokens", @"\beyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]+){1,2}", "RFC 7519"),
    ];
}
