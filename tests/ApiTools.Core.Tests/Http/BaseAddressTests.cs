using ApiTools.Http;

namespace ApiTools.Core.Tests.Http;

public sealed class BaseAddressTests
{
    [Theory]
    [InlineData("https://api.openai.com/v1", "https://api.openai.com/v1")]
    [InlineData("https://api.openai.com/v1/", "https://api.openai.com/v1")]
    [InlineData(" https://api.openai.com/v1/chat/completions ", "https://api.openai.com/v1")]
    [InlineData("http://localhost:11434/v1", "http://localhost:11434/v1")]
    [InlineData("https://[::1]:8080/x/y/", "https://[::1]:8080/x/y")]
    public void An_address_is_taken_without_its_last_slash_and_without_the_endpoint(string given, string expected) =>
        Assert.Equal(expected, BaseAddress.Parse(given).AbsoluteUri.TrimEnd('/'));

    [Theory]
    [InlineData(null, "it is empty", "https://api.openai.com/v1")]
    [InlineData("  ", "it is empty", "https://api.openai.com/v1")]
    [InlineData("localhost:8080", "it has no scheme", "http://localhost:8080/v1")]
    [InlineData("api.openai.com", "it has no scheme", "https://api.openai.com/v1")]
    [InlineData("api.openai.com/v1", "it has no scheme", "https://api.openai.com/v1")]
    [InlineData("what is this", "it has no scheme", "https://api.openai.com/v1")]
    [InlineData("http://", "it is no address", "https://api.openai.com/v1")]
    [InlineData("http://a b/", "it is no address", "https://api.openai.com/v1")]
    [InlineData("file:///etc/passwd", "its scheme is 'file'", "https://api.openai.com/v1")]
    [InlineData("ftp://host/v1", "its scheme is 'ftp'", "https://api.openai.com/v1")]
    [InlineData("https://host/v1?api-version=1", "it has a query", "https://host/v1")]
    public void What_is_no_address_is_refused_with_a_better_one(string? given, string why, string better)
    {
        ApiRequestException error = Assert.Throws<ApiRequestException>(() => BaseAddress.Parse(given));
        Assert.Equal("invalid_value", error.Code);
        Assert.Equal("BaseUri", error.Param);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Equal($"Connect-ApiService -BaseUri {better}", error.NextCommand);
    }

    [Fact]
    public void A_password_in_the_address_is_refused_and_not_repeated()
    {
        ApiRequestException error = Assert.Throws<ApiRequestException>(() => BaseAddress.Parse("https://me:secret@host/v1"));
        Assert.DoesNotContain("secret", error.Message + error.NextCommand, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://host", "https://host/v1")]
    [InlineData("https://host/api", "https://host/api/v1")]
    [InlineData("https://host/v1", null)]
    [InlineData("https://host/api/v1beta", null)]
    [InlineData("https://x.azure.com/openai/deployments/d", null)]
    public void A_version_is_proposed_where_the_address_has_none(string given, string? better) =>
        Assert.Equal(better, BaseAddress.WithVersion(new Uri(given))?.AbsoluteUri);

    [Theory]
    [InlineData("http://host/v1", false, true)]
    [InlineData("http://host/v1", true, false)]
    [InlineData("https://host/v1", false, false)]
    [InlineData("http://127.0.0.1:1/v1", false, false)]
    [InlineData("http://localhost/v1", false, false)]
    [InlineData("http://[::1]/v1", false, false)]
    public void A_key_goes_over_plain_http_to_this_machine_only(string address, bool allowed, bool refused)
    {
        ApiConnectionOptions options = new() { BaseUri = address, ApiKey = ApiKeys.FromText("k"), AllowUnencryptedAuthentication = allowed };
        Exception? error = Record.Exception(() => new ApiConnection(options).Dispose());
        Assert.Equal(refused, error is ApiRequestException { Param: "BaseUri" });
    }

    [Theory]
    [InlineData("abc\n", "a line end at position 4 of 4")]
    [InlineData("two words", "a blank at position 4 of 9")]
    [InlineData("schlüssel", "a character that no key has at position 5 of 9")]
    public void A_key_that_no_header_can_carry_is_refused_without_repeating_it(string key, string where)
    {
        ApiRequestException error = Assert.Throws<ApiRequestException>(
            () => new ApiConnection(new ApiConnectionOptions { BaseUri = "https://host/v1", ApiKey = ApiKeys.FromText(key) }));
        Assert.Equal("ApiKey", error.Param);
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, error.Message, StringComparison.Ordinal);
    }
}
