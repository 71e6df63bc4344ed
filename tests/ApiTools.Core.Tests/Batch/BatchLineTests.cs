using System.Text;
using ApiTools.Batch;

namespace ApiTools.Core.Tests.Batch;

public sealed class BatchLineTests
{
    [Theory]
    [InlineData("""{"custom_id":"a-1","method":"POST","url":"/v1/chat/completions","body":{"model":"m", "messages":[ ]}}""", "a-1", """{"model":"m", "messages":[ ]}""")]
    [InlineData("""{"body":{"model":"m"},"custom_id":"caf\u00e9"}""", "café", """{"model":"m"}""")]
    [InlineData("""{"body":{"model":"m"},"url":"https://host/openai/deployments/x/chat/completions/"}""", null, """{"model":"m"}""")]
    [InlineData("""{"custom_id":7,"body":{}}""", null, "{}")]
    [InlineData("""{"custom_id":"\ud800","body":{}}""", null, "{}")]
    public void A_line_of_the_batch_api_gives_its_body_to_the_letter_and_its_custom_id(string line, string? customId, string body)
    {
        BatchLine read = BatchLine.Read(Encoding.UTF8.GetBytes(line));
        Assert.Equal(customId, read.CustomId);
        Assert.Equal(body, Encoding.UTF8.GetString(read.Request));
    }

    [Theory]
    [InlineData("""{"model":"m","messages":[],"body":{"x":1},"custom_id":"no"}""")]
    [InlineData("""{"model":"m","metadata":{"body":{}}}""")]
    [InlineData("""{"custom_id":"a","body":"text"}""")]
    [InlineData("""{"custom_id":"a","body":{"model":"m"}""")]
    [InlineData("""{"custom_id":"a","body":{"model":"m"}} x""")]
    [InlineData("""[{"body":{}}]""")]
    [InlineData("""{"\ud800":1,"model":"m","messages":[]}""")]
    [InlineData("""{"m\ud800ssag":1,"body":"x"}""")]
    [InlineData("not json")]
    [InlineData("")]
    public void Any_other_line_is_the_request_itself(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        BatchLine read = BatchLine.Read(bytes);
        Assert.Null(read.CustomId);
        Assert.Same(bytes, read.Request);
    }

    [Theory]
    [InlineData("/v1/embeddings")]
    [InlineData("/v1/chat/completions/other")]
    [InlineData("")]
    public void A_line_that_asks_for_something_else_than_a_chat_is_refused(string url)
    {
        ApiRequestException exception = Assert.Throws<ApiRequestException>(
            () => BatchLine.Read(Encoding.UTF8.GetBytes($$$"""{"custom_id":"a","body":{"model":"m"},"url":"{{{url}}}"}""")));
        Assert.Equal("invalid_value", exception.Code);
        Assert.Equal("url", exception.Param);
        Assert.Equal($"The line asks for '{url}', and only chats (/v1/chat/completions) are sent.", exception.Message);
    }
}
