using ApiTools.Tokens;

namespace ApiTools.Core.Tests.Tokens;

public sealed class ModelEncodingsTests
{
    [Theory]
    [InlineData("gpt-4o", "o200k_base")]
    [InlineData("gpt-4o-2024-05-13", "o200k_base")]
    [InlineData("gpt-4o-of-next-year", "o200k_base")]
    [InlineData("chatgpt-4o-latest", "o200k_base")]
    [InlineData("gpt-4.1", "o200k_base")]
    [InlineData("gpt-4.1-mini-2025-04-14", "o200k_base")]
    [InlineData("gpt-4.5-preview", "o200k_base")]
    [InlineData("gpt-5", "o200k_base")]
    [InlineData("gpt-5.9-giant", "o200k_base")]
    [InlineData("o1", "o200k_base")]
    [InlineData("o1-pro", "o200k_base")]
    [InlineData("o3", "o200k_base")]
    [InlineData("o3-mini", "o200k_base")]
    [InlineData("o4-mini", "o200k_base")]
    [InlineData("o4-mini-2025-04-16", "o200k_base")]
    [InlineData("gpt-oss-20b", "o200k_harmony")]
    [InlineData("openai/gpt-oss-120b", "o200k_harmony")]
    [InlineData("openai/gpt-4o", "o200k_base")]
    [InlineData("gpt-4", "cl100k_base")]
    [InlineData("gpt-4-0314", "cl100k_base")]
    [InlineData("gpt-4-turbo-2024-04-09", "cl100k_base")]
    [InlineData("gpt-3.5", "cl100k_base")]
    [InlineData("gpt-3.5-turbo", "cl100k_base")]
    [InlineData("gpt-3.5-turbo-16k", "cl100k_base")]
    [InlineData("gpt-35-turbo", "cl100k_base")]
    [InlineData("gpt-35-turbo-16k", "cl100k_base")]
    [InlineData("babbage-002", "cl100k_base")]
    [InlineData("davinci-002", "cl100k_base")]
    [InlineData("text-embedding-3-small", "cl100k_base")]
    [InlineData("text-embedding-3-large", "cl100k_base")]
    [InlineData("text-embedding-ada-002", "cl100k_base")]
    public void A_model_has_the_encoding_that_tiktoken_gives_it(string model, string encoding) => Assert.Equal(encoding, ModelEncodings.Find(model));

    [Theory]
    [InlineData("ft:gpt-4o-mini-2024-07-18:acme::abc", "o200k_base")]
    [InlineData("ft:gpt-3.5-turbo-0125:acme::abc", "cl100k_base")]
    [InlineData("ft:gpt-4-0613:acme::abc", "cl100k_base")]
    [InlineData("ft:davinci-002:acme::abc", "cl100k_base")]
    [InlineData("ft:gpt-4.1-mini-2025-04-14:acme::abc", "o200k_base")]
    public void A_fine_tuned_model_has_the_encoding_of_its_base(string model, string encoding) => Assert.Equal(encoding, ModelEncodings.Find(model));

    [Theory]
    [InlineData("llama3")]
    [InlineData("gpt-4x")]
    [InlineData("GPT-4o")]
    [InlineData("o1mini")]
    [InlineData("o2")]
    [InlineData("gpt-oss")]
    [InlineData("azure/gpt-4o")]
    [InlineData("ft:")]
    [InlineData("")]
    [InlineData(null)]
    public void What_only_resembles_a_model_has_none(string? model) => Assert.Null(ModelEncodings.Find(model));

    [Fact]
    public void Every_model_of_the_catalogue_has_the_encoding_that_the_catalogue_says() =>
        Assert.All(ModelCatalog.All, model => Assert.Equal(model.Encoding, ModelEncodings.Find(model.Name)));

    [Fact]
    public void The_encodings_are_those_that_ship()
    {
        Assert.Equal(TokenEncoding.Names.Order(), ModelEncodings.All.Select(encoding => encoding.Name).Order());
        Assert.All(ModelEncodings.All, encoding => Assert.True(ModelEncodings.Exists(encoding.Name)));
        Assert.False(ModelEncodings.Exists("p50k_base"));
    }
}
