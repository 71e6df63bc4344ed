using ApiTools.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ApiTools.Core.Tests.Text;

public sealed class SecretHintsTests
{
    // The pieces of every alternative of the pattern, whole and broken, and what stands around them.
    private static readonly string[] Pieces =
    [
        "authorization", "Authorization", "proxy-authorization", "cookie", "Set-Cookie", "Bearer", "bearer ", "Basic ", "basic", "api-key", "api_key", "apikey", "APIKEY", "x-api-key",
        "subscription-key", "access_token", "access-token", "accesstoken", "refresh_token", "client_secret", "clientsecret", "password", "PassWord", "secret", "token", "key",
        "?key=", "&token=", "?sig=", "&signature=", "?secret=", "&code=", "?", "&", "=", "://", "https://", "@", "user:pw@", "sk-", "sk_", "SK-", "pk-", "rk_", "gsk_", "xai-", "hf_", "r8_",
        "nvapi-", "pplx-", "csk-", "ghp_", "gho_", "ghs_", "ghu_", "ghr_", "github_pat_", "AIza", "AKIA", "eyJ", "abcdef", "0123456789abcdef", "ABCDEFGHIJKLMNOP", "***", "-", "_", ".", ":", ": ",
        "\"", "'", " ", ",", ";", "\\", "/", "é", "\u212a", "{", "}", "x", "1", "organization", "tokens", "rate_limit_exceeded", "The model `x` ",
    ];

    [Fact]
    public void The_short_cut_and_the_pattern_come_to_the_same()
    {
        Gen<string> texts = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));

        Prop.ForAll(texts.ToArbitrary(), text => Assert.Equal(Redactor.RedactByPattern(text), Redactor.Redact(text)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000).WithEndSize(14));
    }

    [Fact]
    public void Each_example_of_a_secret_is_seen()
    {
        foreach (System.Reflection.CustomAttributeData data in typeof(RedactorTests).GetMethod(nameof(RedactorTests.What_looks_like_a_secret_is_masked_and_what_stands_around_it_stays))!
            .GetCustomAttributesData().Where(data => data.AttributeType == typeof(InlineDataAttribute)))
        {
            string text = (string)((IReadOnlyCollection<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!).First().Value!;
            Assert.NotEqual(SecretHint.None, SecretHints.Look(text));
        }
    }

    [Theory]
    [InlineData("Rate limit reached for gpt-4o-mini in organization org-x on tokens per min (TPM): Limit 3, Used 2, Requested 1. Please try again in 7m12s.")]
    [InlineData("You exceeded your current quota, please check your plan and billing details: https://platform.openai.com/docs/guides/error-codes/api-errors.")]
    [InlineData("{\"error\":{\"message\":\"temperature must be in 0-2 range\",\"type\":\"invalid_request_error\",\"code\":\"invalid_value\"}}")]
    public void Most_messages_need_no_pattern(string text) => Assert.Equal(SecretHint.None, SecretHints.Look(text));
}
