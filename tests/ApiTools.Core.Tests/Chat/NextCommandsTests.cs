using ApiTools.Chat;
using ApiTools.Errors;
using ApiTools.Http;

namespace ApiTools.Core.Tests.Chat;

public sealed class NextCommandsTests
{
    // The page: reduce messages or max_tokens.
    [Theory]
    [InlineData(700, 400, "Invoke-ApiChat -Request $Error[0].Exception.Request -MaxTokens 300")]
    [InlineData(800, 400, "Invoke-ApiChat -Request $Error[0].Exception.Request -MaxTokens 200")]
    [InlineData(801, 400, null)]
    [InlineData(1000, 0, null)]
    [InlineData(1200, 400, null)]
    public void A_shorter_answer_is_proposed_where_half_of_it_has_room_and_else_fewer_messages(int messages, int completion, string? command)
    {
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = "https://api.openai.com/v1" });
        ApiException tooLong = ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "context_length_exceeded",
            Status = 400,
            Message = "Too long.",
            Context = new ContextLength(1000, messages + completion, messages, completion),
        });
        ChatCall call = new() { Body = [], Model = "gpt-4o" };
        Assert.Equal(command, NextCommands.For(tooLong, connection, call));
        Assert.Equal(command ?? "$Error[0] | Measure-ApiTokens", NextCommands.For(tooLong, connection, call with { FitsContext = true }));
    }
}
