using ApiTools.Tokens;

namespace ApiTools.Core.Tests.Tokens;

public sealed class ModelCatalogTests
{
    [Theory]
    [InlineData("gpt-4o", "gpt-4o", 128_000)]
    [InlineData("gpt-4o-2024-08-06", "gpt-4o", 128_000)]
    [InlineData("gpt-4o-2024-05-13", "gpt-4o-2024-05-13", 128_000)]
    [InlineData("gpt-4o-mini-2024-07-18", "gpt-4o-mini", 128_000)]
    [InlineData("ft:gpt-4o-mini-2024-07-18:acme::abc123", "gpt-4o-mini", 128_000)]
    [InlineData("openai/gpt-4.1", "gpt-4.1", 1_047_576)]
    [InlineData("gpt-5-2025-08-07", "gpt-5", 400_000)]
    [InlineData("o3-2025-04-16", "o3", 200_000)]
    [InlineData("gpt-4-turbo-2024-04-09", "gpt-4-turbo", 128_000)]
    [InlineData("gpt-4-0613", "gpt-4-0613", 8_192)]
    [InlineData("gpt-3.5-turbo", "gpt-3.5-turbo", 16_385)]
    public void A_model_is_found_by_its_name_dated_or_fine_tuned(string name, string known, int window)
    {
        KnownModel model = Assert.IsType<KnownModel>(ModelCatalog.Find(name));
        Assert.Equal(known, model.Name);
        Assert.Equal(window, model.ContextWindow);
    }

    [Theory]
    [InlineData("gpt-4o-huge")]
    [InlineData("gpt-4o-2024-08-0x")]
    [InlineData("gpt-5.9")]
    [InlineData("GPT-4o")]
    [InlineData("")]
    [InlineData("ft:")]
    [InlineData("-2024-08-06")]
    [InlineData(null)]
    public void What_only_resembles_a_known_model_is_not_known(string? name) => Assert.Null(ModelCatalog.Find(name));

    [Fact]
    public void Every_model_has_an_encoding_limits_that_fit_and_a_source() => Assert.All(ModelCatalog.All, model =>
    {
        Assert.True(model.Encoding is "cl100k_base" or "o200k_base");
        Assert.InRange(model.MaxOutputTokens, 1, model.ContextWindow);
        Assert.StartsWith("https://", model.Source, StringComparison.Ordinal);
    });

    [Fact]
    public void A_measure_tells_what_remains_of_the_window_and_whether_it_fits()
    {
        TokenMeasure measure = new("gpt-4") { Tokens = 2, Method = TokenMethod.Estimate, MaxTokens = 1000 };
        Assert.Equal(8_192, measure.ContextWindow);
        Assert.Equal(8_192 - 2 - 1000, measure.Remaining);
        Assert.True(measure.Fits);
        Assert.Equal("about 2 tokens", measure.ToString());
        Assert.Equal("1 token", new TokenMeasure(null) { Tokens = 1 }.ToString());
        Assert.Null(new TokenMeasure("llama3") { MaxTokens = 10 }.Remaining);
        Assert.Null(new TokenMeasure("llama3").Fits);
        Assert.True(new TokenMeasure("gpt-4") { Tokens = 8_192 }.Fits);
        Assert.False(new TokenMeasure("gpt-4") { Tokens = 8_192, MaxTokens = 1 }.Fits);
    }

    [Theory]
    [InlineData("o1", nameof(ModelReasoning.Always))]
    [InlineData("o3-mini", nameof(ModelReasoning.Always))]
    [InlineData("o9", nameof(ModelReasoning.Always))]
    [InlineData("ft:o4-mini-2025-04-16:acme::1", nameof(ModelReasoning.Always))]
    [InlineData("gpt-5", nameof(ModelReasoning.Always))]
    [InlineData("gpt-5-nano-2025-08-07", nameof(ModelReasoning.Always))]
    [InlineData("gpt-5.2-pro", nameof(ModelReasoning.Always))]
    [InlineData("gpt-5.1", nameof(ModelReasoning.WhenAsked))]
    [InlineData("gpt-5.4-mini", nameof(ModelReasoning.WhenAsked))]
    [InlineData("gpt-5-chat-latest", nameof(ModelReasoning.None))]
    [InlineData("gpt-5.2-chat-latest", nameof(ModelReasoning.None))]
    [InlineData("gpt-50", nameof(ModelReasoning.None))]
    [InlineData("gpt-4o", nameof(ModelReasoning.None))]
    [InlineData("o1x", nameof(ModelReasoning.None))]
    [InlineData("o", nameof(ModelReasoning.None))]
    [InlineData("openai/o3", nameof(ModelReasoning.None))]
    [InlineData("", nameof(ModelReasoning.None))]
    public void A_model_s_name_tells_whether_it_reasons(string name, string reasoning) => Assert.Equal(reasoning, ModelCatalog.Reasoning(name).ToString());
}
