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
    public void What_looks_like_a_secret_is_masked_and_what_stands_around_it_stays(string text, string expected) =>
        Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("The model `xai-grok-2` does not exist. Try hf-model or task-oriented-model.")]
    [InlineData("Invalid 'messages[0].role': 'robot' is not one of 'system', 'user', 'assistant'.")]
    [InlineData("Limit 30000, Requested 30601. Visit https://platform.openai.com/account/rate-limits to learn more.")]
    [InlineData("Mail support@example.org about key: none, tokens: 5, code=7")]
    [InlineData("Bearer of bad news")]
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
    [InlineData("?key=")]
    [InlineData("cookie:")]
    [InlineData("authorization:")]
    [InlineData(" ")]
    [InlineData("a")]
    public void A_quarter_of_a_megabyte_of_what_almost_is_one_takes_no_longer_than_its_length(string hostile) =>
        Growth.AssertLinear(
            length => string.Concat(Enumerable.Repeat(hostile, length / hostile.Length)),
            text => Assert.NotEmpty(Redactor.Redact(text, "the-key")),
            31_250);
}
