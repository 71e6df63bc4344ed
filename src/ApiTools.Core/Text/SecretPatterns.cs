namespace ApiTools.Text;

/// <summary>
/// The secrets that can be known by where they stand, or by their looks. What has neither (a key of Mistral or of Cohere is 32 or 40 letters and digits) is
/// known by the name before it, and a connection's own key always.
/// </summary>
internal static class SecretPatterns
{
    // Not within a word of ASCII: Chinese needs no blank before a key. A _ before a name is no letter (OPENAI_API_KEY, HTTP_COOKIE).
    private const string Word = "[A-Za-z0-9_]";
    private const string Letter = "[A-Za-z0-9]";

    // A key behind its first letters; services echo one with a part starred out.
    private const string KeyCharacters = "[A-Za-z0-9_*-]";

    private static readonly SecretPart Blanks = new CharacterRun(@"\s", 0, 8);

    private static readonly SecretPart OneBlank = new CharacterRun(@"\s", 1, 8);

    // Between a name and its value: quotes, in a JSON string too, and blanks.
    private static readonly SecretPart Quotes = new CharacterRun(@"[\\""']", 0, 4);

    private static readonly SecretPart[] Is = [Quotes, Blanks, new CharacterRun("[=:]", 1, 1), Blanks, Quotes];

    /// <summary>All of them, those first that keep what stands before.</summary>
    public static IReadOnlyList<SecretPattern> All { get; } =
    [
        new(
            "Authorization, Proxy-Authorization",
            Letter,
            ["authorization"],
            [.. Is, new OptionalWord("bearer", "basic", "digest", "token", "apikey")],
            [new CharacterRun(@"[^\s""',;\\]", 1)],
            "RFC 9110, 11.6.2"),
        new("Cookie, Set-Cookie", Letter, ["cookie"], [Quotes, Blanks, new CharacterRun("[:=]", 1, 1), Blanks, Quotes], [new CharacterRun(@"[^\r\n""'\\]", 1)], "RFC 6265, 4"),
        new("Bearer tokens", Word, ["bearer"], [OneBlank], [new CharacterRun(@"[^\s""',;\\]", 4)], "RFC 6750, 2.1"),
        new("Basic credentials", Word, ["basic"], [OneBlank], [new CharacterRun("[A-Za-z0-9+/=_-]", 8)], "RFC 7617, 2"),
        // Azure's 32 hexadecimal digits stand behind api-key; Google's key behind x-goog-api-key; environment variables end so.
        new(
            "names of a secret: headers, JSON, forms, variables",
            Letter,
            [
                .. Spell("api", "key"), "subscription-key",
                .. Spell("access", "token"), .. Spell("refresh", "token"), .. Spell("auth", "token"), .. Spell("id", "token"), .. Spell("session", "token"), .. Spell("security", "token"),
                .. Spell("client", "secret"), .. Spell("secret", "key"), .. Spell("secret", "access", "key"), "password", "passwd", "pwd",
            ],
            Is,
            [new CharacterRun(@"[^\s""'&,;}\\]", 4)],
            "learn.microsoft.com/azure/ai-services/openai/reference; ai.google.dev/api; docs.cohere.com; docs.mistral.ai"),
        new(
            "keys in an address",
            null,
            [.. new[] { "key", "token", "sig", "signature", "secret", "code", "x-amz-signature", "x-amz-credential", "x-amz-security-token" }.SelectMany(name => new[] { $"?{name}=", $"&{name}=" })],
            [],
            [new CharacterRun(@"[^\s""'&#\\]", 1)],
            "RFC 6750, 2.3; AWS Signature Version 4"),
        new("user:password@ in an address", null, ["://"], [], [new CharacterRunBefore(@"[^\s/?#@""'<>\\]", 1, 256, '@')], "RFC 3986, 3.2.1"),
        // sk-proj-, sk-svcacct-, sk-ant-, sk-or-, DeepSeek's sk-, Stripe's sk_live_, ElevenLabs' sk_.
        new("OpenAI, Anthropic, OpenRouter, DeepSeek and their like", Word, ["sk-", "sk_"], null, [new CharacterRun("[A-Za-z0-9_*.-]", 6)], "platform.openai.com; docs.anthropic.com; openrouter.ai/docs; GitHub secret scanning patterns"),
        Key("Groq", "console.groq.com/docs/quickstart", "gsk_", "gsk-"),
        Key("xAI", "docs.x.ai", "xai-"),
        Key("Hugging Face", "huggingface.co/docs/hub/security-tokens", "hf_"),
        Key("Replicate", "replicate.com/docs/reference/http", "r8_"),
        Key("NVIDIA", "docs.api.nvidia.com", "nvapi-"),
        Key("Perplexity", "docs.perplexity.ai", "pplx-"),
        Key("Fireworks", "docs.fireworks.ai", "fw_"),
        Key("Cerebras", "inference-docs.cerebras.ai", "csk-"),
        Key("Together", "docs.together.ai", "tgp_v1_"),
        new("Google", Word, ["aiza"], null, [new CharacterRun("[A-Za-z0-9_-]", 20)], "cloud.google.com/docs/authentication/api-keys"),
        Key("Google OAuth", "developers.google.com/identity/protocols/oauth2", "ya29."),
        new(
            "AWS access key ids",
            Word,
            ["akia", "asia"],
            null,
            [new CharacterRun(Letter, 16, 16), new NoneAhead(Word)],
            "docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"),
        // Services with a chat endpoint of their own: Bedrock's keys for it, Databricks' model serving, Workers AI; Google's newer form.
        new("AWS Bedrock", Word, ["absk"], null, [new CharacterRun("[A-Za-z0-9+/=]", 20)], "docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html"),
        new("Databricks", Word, ["dapi"], null, [new CharacterRun("[A-Fa-f0-9-]", 16)], "docs.databricks.com/dev-tools/auth/pat"),
        Key("Cloudflare", "developers.cloudflare.com/fundamentals/api/get-started", "cfut_", "cfat_", "cfk_"),
        new("Google, the newer form", Word, ["aq.ab"], null, [new CharacterRun(KeyCharacters, 20)], "ai.google.dev/gemini-api/docs/api-key"),
        Key("GitHub", "docs.github.com/authentication", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        Key("GitLab", "docs.gitlab.com/security/tokens", "glpat-"),
        new("Slack", Word, ["xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-"], null, [new CharacterRun("[A-Za-z0-9-]", 10)], "api.slack.com/authentication/token-types"),
        Key("others of that kind", "docs.stripe.com/keys", "pk-", "pk_", "rk-", "rk_"),
        // What goes with a chat: embeddings, search, stores of vectors, traces, packages.
        new("Voyage", Word, ["pa-"], null, [new CharacterRun(KeyCharacters, 32)], "docs.voyageai.com/docs/api-key-and-installation"),
        new("Jina, npm", Word, ["jina_", "npm_"], null, [new CharacterRun("[A-Za-z0-9*]", 20), new CharacterRun(KeyCharacters, 0)], "jina.ai/embeddings; docs.npmjs.com/about-access-tokens; GitHub secret scanning patterns"),
        Key("Pinecone", "docs.pinecone.io/guides/projects/manage-api-keys", "pcsk_"),
        Key("Tavily", "docs.tavily.com", "tvly-"),
        Key("LangSmith", "docs.smith.langchain.com", "lsv2_pt_", "lsv2_sk_"),
        Key("Google OAuth clients", "developers.google.com/identity/protocols/oauth2; GitHub secret scanning patterns", "gocspx-"),
        // -----BEGIN RSA PRIVATE KEY-----, PGP PRIVATE KEY BLOCK; within JSON too, where line ends are \n. It is looked for by the letters of bearer: dashes
        // make the lines of every table.
        new(
            "private keys",
            null,
            ["begin"],
            [new WordBehind("[A-Z0-9 ]", 24, "PRIVATE KEY"), new CharacterRun("[A-Z ]", 0, 8), new CharacterRun("[-]", 5, 5)],
            [new TextBefore("-----END")],
            "RFC 7468, 10 and 11; RFC 4880, 6.2"),
        // {" in base64. One that no full stop follows is read to its end in vain: so none begins within another.
        new(
            "JSON Web Tokens",
            "[A-Za-z0-9_-]",
            ["eyj"],
            null,
            [new CharacterRun("[A-Za-z0-9_-]", 10), new CharacterRun("[.]", 1, 1), new CharacterRun("[A-Za-z0-9_.-]", 1)],
            "RFC 7519"),
    ];

    private static SecretPattern Key(string what, string source, params string[] beginnings) =>
        new(what, Word, beginnings, null, [new CharacterRun(KeyCharacters, 16)], source);

    // api key as apikey, api-key and api_key.
    private static IEnumerable<string> Spell(params string[] words) =>
        words.Skip(1).Aggregate((IEnumerable<string>)[words[0]], (spelled, word) => [.. spelled.SelectMany(before => new[] { before + word, $"{before}-{word}", $"{before}_{word}" })]);
}
