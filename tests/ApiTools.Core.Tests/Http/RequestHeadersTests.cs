using ApiTools.Http;

namespace ApiTools.Core.Tests.Http;

public sealed class RequestHeadersTests
{
    private const string Secret = "s3cret-value";

    [Theory]
    [InlineData("Authorization", "The header 'Authorization' carries the key, which belongs to the connection: Connect-ApiService -ApiKey.")]
    [InlineData("API-KEY", "The header 'API-KEY' carries the key, which belongs to the connection: Connect-ApiService -ApiKey.")]
    [InlineData("host", "The header 'host' follows from the address: Connect-ApiService -BaseUri.")]
    [InlineData("Content-Length", "The header 'Content-Length' follows from the request's body and cannot be set.")]
    [InlineData("content-type", "The header 'content-type' follows from the request's body and cannot be set.")]
    [InlineData("Transfer-Encoding", "The header 'Transfer-Encoding' follows from the request's body and cannot be set.")]
    [InlineData("", "The name of header 1 is empty: it is one word of ASCII letters, digits and signs such as '-'.")]
    [InlineData("X A", "The name of header 1 is no header's name: it is one word of ASCII letters, digits and signs such as '-'.")]
    [InlineData("X:A", "The name of header 1 is no header's name: it is one word of ASCII letters, digits and signs such as '-'.")]
    [InlineData("X\r\nA", "The name of header 1 is no header's name: it is one word of ASCII letters, digits and signs such as '-'.")]
    [InlineData("Ä", "The name of header 1 is no header's name: it is one word of ASCII letters, digits and signs such as '-'.")]
    public void A_name_that_no_header_has_or_that_is_set_elsewhere_is_refused(string name, string message) => Refused(name, Secret, message);

    [Theory]
    [InlineData("", "The header 'X-A' has no value.")]
    [InlineData(" ", "The header 'X-A' has no value.")]
    [InlineData(Secret + "\r\nX-B: 1", "The value of the header 'X-A' has a line end at position 13 of 20.")]
    [InlineData(Secret + "\n", "The value of the header 'X-A' has a line end at position 13 of 13.")]
    [InlineData(Secret + "\0", "The value of the header 'X-A' has a character that no header may have at position 13 of 13.")]
    [InlineData(Secret + "é", "The value of the header 'X-A' has a character that no header may have at position 13 of 13.")]
    public void A_value_that_no_header_can_have_is_refused_and_not_repeated(string value, string message) => Refused("X-A", value, message);

    [Fact]
    public void Others_go_into_the_message_and_those_of_the_body_with_it()
    {
        KeyValuePair<string, string>[] headers = [new("X-Title", "a b\tc"), new("Content-Language", "de"), new("User-Agent", "mine")];
        RequestHeaders.Check(headers);
        using HttpRequestMessage message = new(HttpMethod.Post, "https://host") { Content = new ByteArrayContent([]) };
        RequestHeaders.Add(message, headers);
        Assert.Equal("a b\tc", Assert.Single(message.Headers.GetValues("X-Title")));
        Assert.Equal("de", Assert.Single(message.Content.Headers.ContentLanguage));
        Assert.Equal("mine", message.Headers.UserAgent.ToString());
    }

    private static void Refused(string name, string value, string message)
    {
        ApiException error = Assert.Throws<ApiRequestException>(() => RequestHeaders.Check([new(name, value)]));
        Assert.Equal(("invalid_value", "Header", message), (error.Code, error.Param, error.Message));
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }
}
