using System.Text;
using ApiTools.Chat;
using ApiTools.Errors;

namespace ApiTools.Core.Tests.Chat;

public sealed class MaxTokensParameterTests
{
    // OpenAI (picoclaw#16); Mistral's FastAPI (openclaude#739); OpenAI's older "Unrecognized request argument"; Google's gateway; a gateway without a param.
    [Theory]
    [InlineData(400, """{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}""", "max_completion_tokens")]
    [InlineData(400, """{"error":{"message":"this model is not supported MaxTokens, please use max_completion_tokens: 'max_tokens' is not supported","type":"x"}}""", "max_completion_tokens")]
    [InlineData(422, """{"detail":[{"type":"extra_forbidden","loc":["body","max_completion_tokens"],"msg":"Extra inputs are not permitted","input":5}]}""", "max_tokens")]
    [InlineData(400, """{"error":{"message":"Unrecognized request argument supplied: max_completion_tokens","type":"invalid_request_error","param":null,"code":null}}""", "max_tokens")]
    [InlineData(400, """{"error":{"message":"Invalid JSON payload received. Unknown name \"max_completion_tokens\": Cannot find field.","code":400}}""", "max_tokens")]
    [InlineData(400, """{"error":{"message":"max_tokens is too large: 100000. This model supports at most 16384 completion tokens.","param":"max_tokens","code":"invalid_value"}}""", null)]
    [InlineData(400, """{"error":{"message":"max_tokens and max_completion_tokens must be at most 4096","param":"max_tokens","code":"invalid_value"}}""", null)]
    [InlineData(400, """{"error":{"message":"Unsupported parameter: 'temperature' is not supported with this model.","param":"temperature","code":"unsupported_parameter"}}""", null)]
    [InlineData(400, """{"error":{"message":"Unsupported parameter: 'max_tokens'.","param":"max_tokens","code":"unsupported_parameter"}}""", null)]
    [InlineData(500, """{"error":{"message":"Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."}}""", null)]
    public void A_refusal_of_one_name_says_which_is_wanted(int status, string body, string? wanted)
    {
        ApiException error = ApiExceptionFactory.Create(ApiErrorReader.Read(status, Encoding.UTF8.GetBytes(body), "application/json"));
        Assert.Equal(wanted, MaxTokensParameter.Wanted(error));
    }

    [Theory]
    [InlineData("""{"model":"m","max_tokens":5,"messages":[{"content":"\"max_tokens\" ü","x":1e2}]}""", """{"model":"m","max_completion_tokens":5,"messages":[{"content":"\"max_tokens\" ü","x":1e2}]}""")]
    [InlineData("""{"model":"m","metadata":{"max_tokens":5}}""", """{"model":"m","metadata":{"max_tokens":5}}""")]
    [InlineData("""{"max_completion_tokens":5}""", """{"max_completion_tokens":5}""")]
    public void Only_the_parameter_itself_is_renamed(string request, string renamed) =>
        Assert.Equal(renamed, Encoding.UTF8.GetString(MaxTokensParameter.Rename(Encoding.UTF8.GetBytes(request), "max_completion_tokens")));

    [Fact]
    public void What_has_nothing_to_rename_is_the_same_bytes()
    {
        byte[] request = Encoding.UTF8.GetBytes("""{"model":"m"}""");
        Assert.Same(request, MaxTokensParameter.Rename(request, "max_tokens"));
    }
}
