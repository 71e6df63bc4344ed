using System.Text;
using System.Text.Json;
using ApiTools.Chat;
using ApiTools.Http;

namespace ApiTools.Core.Tests.Chat;

public sealed class ChatRequestWriterTests
{
    // JSON allows such a name, and .NET does not decode it.
    private static readonly byte[] HalfPairName = Encoding.UTF8.GetBytes("""{"\ud800":1,"model":"m","max_tokens":5}""");

    [Fact]
    public void A_name_that_is_half_a_surrogate_pair_is_no_JSON_to_replace_in() =>
        Assert.Throws<JsonException>(() => ChatRequestWriter.Override(HalfPairName, new ChatParameters { Model = "other" }, null));

    [Fact]
    public void A_request_with_such_a_name_is_sent_as_it_is_under_either_name_of_max_tokens()
    {
        MaxTokensNames names = new();
        names.Learn("m", MaxTokensNames.New);
        ChatBodies bodies = new(new ChatCall { Body = HalfPairName, Model = "m", MaxTokensIsOurs = true }, names);
        Assert.Same(HalfPairName, bodies.For("m"));
        Assert.Same(HalfPairName, bodies.For("other"));
        Assert.Equal("m", ChatRequestReader.Model(HalfPairName));
    }
}
