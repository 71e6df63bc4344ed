using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Core.Tests.Text;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("Authorization: Bearer abcdef", "Authorization: Bearer ***")]
    [InlineData("\"Authorization\":\"Bearer abc.def-ghi\"}", "\"Authorization\":\"Bearer ***\"}")]
    [InlineData("authorization=abcdef", "authorization=***")]
    [InlineData("Proxy-Authorization: Basic dXNlcjpwYXNz", "Proxy-Authorization: Basic ***")]
    [InlineData("sent with Bearer tok_en!x, twice", "sent with Bearer ***, twice")]
    [InlineData("api-key: 0123456789abcdef", "api-key: ***")]
    [InlineData("{\"api_key\":\"0123456789abcdef\",\"a\":1}", "{\"api_key\":\"***\",\"a\":1}")]
    [InlineData("x-api-key=zzzz&b=1", "x-api-key=***&b=1")]
    [InlineData("Ocp-Apim-Subscription-Key: 0123456789", "Ocp-Apim-Subscription-Key: ***")]
    [InlineData("Set-Cookie: __cf_bm=abc; path=/", "Set-Cookie: ***")]
    [InlineData("https://user:secret@host/v1", "https://***@host/v1")]
    [InlineData("https://host/v1?key=AbCd&alt=sse", "https://host/v1?key=***&alt=sse")]
    [InlineData("https://host/v1?a=1&token=AbCd#x", "https://host/v1?a=1&token=***#x")]
    [InlineData("key sk-proj-abc_DEF-123456 is wrong", "key *** is wrong")]
    [InlineData("Incorrect API key provided: sk-pr********abcd.", "Incorrect API key provided: ***")]
    [InlineData("gsk_0123456789abcdefghij", "***")]
    [InlineData("xai-0123456789abcdefghij", "***")]
    [InlineData("AIzaSyA0123456789abcdefghij_klmn", "***")]
    [InlineData("ghp_0123456789abcdefghij", "***")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-DEF", "***")]
    [InlineData("{\"client_secret\": \"hunter22\", \"password\":\"hunter22\"}", "{\"client_secret\": \"***\", \"password\":\"***\"}")]
    [InlineData("OPENAI_API_KEY=abcdef0123", "OPENAI_API_KEY=***")]
    [InlineData("$env:COHERE_API_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCD'", "$env:COHERE_API_KEY = '***'")]
    [InlineData("MISTRAL_API_KEY: 0123456789abcdef0123456789abcdef", "MISTRAL_API_KEY: ***")]
    [InlineData("x-goog-api-key: plain1234", "x-goog-api-key: ***")]
    [InlineData("{\\\"api_key\\\":\\\"plain1234\\\",\\\"a\\\":1}", "{\\\"api_key\\\":\\\"***\\\",\\\"a\\\":1}")]
    [InlineData("\\\"Authorization\\\":\\\"Bearer plain1234\\\"", "\\\"Authorization\\\":\\\"Bearer ***\\\"")]
    [InlineData("https://h/v1?api-version=1&X-Amz-Signature=abc123", "https://h/v1?api-version=1&X-Amz-Signature=***")]
    [InlineData("sk-ant-api03-abcdefgh", "***")]
    [InlineData("sk-or-v1-abcdefgh", "***")]
    [InlineData("hf_0123456789abcdefghij", "***")]
    [InlineData("r8_0123456789abcdefghij", "***")]
    [InlineData("nvapi-0123456789abcdefghij", "***")]
    [InlineData("pplx-0123456789abcdefghij", "***")]
    [InlineData("fw_0123456789abcdefghij", "***")]
    [InlineData("csk-0123456789abcdefghij", "***")]
    [InlineData("tgp_v1_0123456789abcdefghij", "***")]
    [InlineData("ABSKQmVkcm9ja0FQSUtleS1hYmNkZWZn/+aA==", "***")]
    [InlineData("dapi0123456789abcdef0123456789abcdef-2", "***")]
    [InlineData("dapi01234567", "dapi01234567")]
    [InlineData("cfut_lEnKhf2dKKb4x7saUeADGxcg2Ctl8vtp3BCo9sl4e0440766", "***")]
    [InlineData("AQ.Ab8RN6KabcdefghijklmnopqrstuvwxyzABCD", "***")]
    [InlineData("FAQ.About the keys", "FAQ.About the keys")]
    [InlineData("ya29.0123456789abcdefghij", "***")]
    [InlineData("AKIA0123456789ABCDEF and ASIA0123456789ABCDEF", "*** and ***")]
    [InlineData("github_pat_0123456789abcdefghij", "***")]
    [InlineData("glpat-0123456789abcdefghij", "***")]
    [InlineData("xoxb-0123456789-abc", "***")]
    [InlineData("pa-0123456789abcdefghij_0123456789-abcdefghijk", "***")]
    [InlineData("jina_0123456789abcdef0123456789abcdefXy-z_0123456789abc", "***")]
    [InlineData("//registry.npmjs.org/:_authToken=npm_0123456789abcdefghijklmnopqrstuvwxyz", "//registry.npmjs.org/:_authToken=***")]
    [InlineData("npm_0123456789abcdefghijklmnopqrstuvwxyz", "***")]
    [InlineData("pcsk_0123456789_abcdefghijklmnop", "***")]
    [InlineData("tvly-dev-0123456789abcdefghij", "***")]
    [InlineData("lsv2_pt_0123456789abcdef0123456789abcdef_0123456789", "***")]
    [InlineData("GOCSPX-0123456789abcdef_ghij-klmnop", "***")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----\nafter", "-----BEGIN PRIVATE KEY-----***-----END PRIVATE KEY-----\nafter")]
    [InlineData("{\"private_key\":\"-----BEGIN RSA PRIVATE KEY-----\\nMIIEvQIBADANBg\\n-----END RSA PRIVATE KEY-----\\n\",\"a\":1}", "{\"private_key\":\"-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----\\n\",\"a\":1}")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123\n\nMIIE--vQ\n-----END RSA PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----")]
    [InlineData("-----BEGIN PGP PRIVATE KEY BLOCK-----\nlQdGBF\n-----END PGP PRIVATE KEY BLOCK-----", "-----BEGIN PGP PRIVATE KEY BLOCK-----***-----END PGP PRIVATE KEY BLOCK-----")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk cut off", "-----BEGIN OPENSSH PRIVATE KEY-----***")]
    [InlineData("无效的令牌sk-abcdef0123", "无效的令牌***")]
    [InlineData("{\"HTTP_AUTHORIZATION\": \"Bearer abcdef\", \"HTTP_COOKIE\": \"sid=1\"}", "{\"HTTP_AUTHORIZATION\": \"Bearer ***\", \"HTTP_COOKIE\": \"***\"}")]
    [InlineData("Authorization: Bearer ", "Authorization: Bearer ")]
    [InlineData("{\"message\":\"The key is\\nsk-abcdef0123\"}", "{\"message\":\"The key is\\n***\"}")]
    [InlineData("{\"message\":\"Wrong: \\u003csk-abcdef0123\\u003e\"}", "{\"message\":\"Wrong: \\u003c***\\u003e\"}")]
    [InlineData("an\\sk-abcdef0123 task-abcdef0123 u003csk-abcdef0123", "an\\*** task-abcdef0123 u003csk-abcdef0123")]
    [InlineData("eyJhbGciOiJSU0EtT0FFUCJ9.key-part.iv_part.cipher.tag", "***")]
    public void What_looks_like_a_secret_is_masked_and_what_stands_around_it_stays(string text, string expected) =>
        Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("The model `xai-grok-2` does not exist. Try hf-model or task-oriented-model.")]
    [InlineData("Invalid 'messages[0].role': 'robot' is not one of 'system', 'user', 'assistant'.")]
    [InlineData("Limit 30000, Requested 30601. Visit https://platform.openai.com/account/rate-limits to learn more.")]
    [InlineData("Mail support@example.org about key: none, tokens: 5, code=7")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIDdzCCAl-----END CERTIFICATE-----, -----BEGIN PUBLIC KEY-----\nMIIBIjANBg-----END PUBLIC KEY-----")]
    [InlineData("npm_config_registry, npm_package_dependencies_openai, jina_embeddings_v3_base_english_text, spa-abcdefghijklmnopqrstuvwxyz0123456789, pa-system-of-a-department")]
    [InlineData("Bearer of bad news")]
    [InlineData("max_tokens: 4096, completion_tokens: 12345, keypassword is a word")]
    public void Ordinary_words_stay(string text) => Assert.Equal(text, Redactor.Redact(text));

    [Theory]
    [InlineData("plain-key-without-looks")]
    [InlineData("p+l/us=&<key>")]
    [InlineData("k")]
    public void The_connections_own_key_is_masked_however_it_is_written(string key)
    {
        Assert.Equal("<***>", Redactor.Redact($"<{key}>", key));
        Assert.Equal("<***>", Redactor.Redact($"<{Uri.EscapeDataString(key)}>", key));
        Assert.Equal("\"***\"", Redactor.Redact(JsonSerializer.Serialize(key), key));
        Assert.Equal("\"***\"", Redactor.Redact($"\"{key.Replace("/", "\\/", StringComparison.Ordinal)}\"", key));
    }

    [Theory]
    [InlineData("a+b/c=&d-0123")]
    [InlineData("sk_plain.key~1")]
    public void The_connections_own_key_is_masked_in_every_writers_escapes(string key)
    {
        string json = JsonSerializer.Serialize(key);
        Assert.Equal("\"***\"", Redactor.Redact(json, key));
        Assert.Equal("\"***\"", Redactor.Redact(json.Replace("\\u002B", "\\u002b", StringComparison.Ordinal), key));
        Assert.Equal("<***>", Redactor.Redact($"<{Uri.EscapeDataString(key).Replace("%2F", "%2f", StringComparison.Ordinal).Replace("%2B", "%2b", StringComparison.Ordinal).Replace("%3D", "%3d", StringComparison.Ordinal)}>", key));
        foreach (string credentials in new[] { key, key + ":", ":" + key })
        {
            Assert.Equal("<***>", Redactor.Redact($"<{Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(credentials))}>", key));
        }
    }

    [Fact]
    public void A_long_text_is_redacted_as_a_short_one_is()
    {
        string filler = string.Concat(Enumerable.Repeat("some words of text, ", 5000));
        Assert.Equal($"{filler}Authorization: Bearer *** {filler}***", Redactor.Redact($"{filler}Authorization: Bearer abcdef {filler}sk-ant-api03-abcdefgh"));
    }

    [Fact]
    public void Each_pattern_names_its_source_and_matches_nothing_empty() =>
        Assert.All(SecretPatterns.All, pattern =>
        {
            Assert.NotEmpty(pattern.What);
            Assert.NotEmpty(pattern.Source);
            Assert.Equal(string.Empty, Redactor.Redact(string.Empty));
            Assert.DoesNotMatch(pattern.Expression, string.Empty);
        });

    [Theory]
    [InlineData("kéy")]
    [InlineData("k\ud800y")]
    public void A_key_that_no_header_can_carry_is_masked_too(string key) => Assert.Equal("<***>", Redactor.Redact($"<{key}>", key));

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("Bearer")]
    [InlineData("api_key")]
    [InlineData("api_key =")]
    [InlineData("://a")]
    [InlineData("sk-")]
    [InlineData("eyJ")]
    [InlineData("eyJaaaaaaaaaa.")]
    [InlineData("eyJ-")]
    [InlineData("&key=")]
    [InlineData("-asia")]
    [InlineData("://a:b")]
    [InlineData("?key=")]
    [InlineData("cookie:")]
    [InlineData("authorization:")]
    [InlineData(" ")]
    [InlineData("a")]
    public void A_quarter_of_a_megabyte_of_what_almost_is_one_takes_no_longer_than_its_length(string hostile) =>
        Growth.AssertLinear(
            length => string.Concat(Enumerable.Repeat(hostile, length / hostile.Length)),
            text => Assert.NotEmpty(Redactor.Redact(text, "the-key")),
            8_000);
}
