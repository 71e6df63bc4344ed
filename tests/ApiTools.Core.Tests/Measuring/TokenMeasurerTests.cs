using System.Text;
using ApiTools.Measuring;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Measuring;

public sealed class TokenMeasurerTests
{
    [Fact]
    public void A_text_is_counted_exactly_for_a_model_whose_encoding_is_known()
    {
        TokenMeasure measure = new TokenMeasurer(new() { Model = "gpt-4o", MaxTokens = 10 }).Measure("お誕生日おめでとう");
        Assert.Equal(8, measure.Tokens);
        Assert.Equal(TokenMethod.Exact, measure.Method);
        Assert.Equal("o200k_base", measure.Encoding);
        Assert.Equal(9, measure.Characters);
        Assert.Equal(27, measure.Bytes);
        Assert.Equal(128_000 - 8 - 10, measure.Remaining);
        Assert.Empty(measure.Notes);
        Assert.Empty(measure.Messages);
    }

    [Theory]
    [InlineData("llama3", null, null, 4, TokenMethod.Estimate, null)]
    [InlineData(null, null, null, 4, TokenMethod.Estimate, null)]
    [InlineData("gpt-4o", null, TokenMethod.Estimate, 4, TokenMethod.Estimate, "o200k_base")]
    [InlineData("llama3", "cl100k_base", null, 9, TokenMethod.Exact, "cl100k_base")]
    [InlineData("gpt-4o", "cl100k_base", TokenMethod.Exact, 9, TokenMethod.Exact, "cl100k_base")]
    [InlineData("gpt-9-preview", null, null, 4, TokenMethod.Estimate, null)]
    [InlineData("gpt-5-of-2030", null, null, 8, TokenMethod.Exact, "o200k_base")]
    public void What_counts_is_said(string? model, string? encoding, TokenMethod? method, long tokens, TokenMethod counted, string? by)
    {
        TokenMeasure measure = new TokenMeasurer(new() { Model = model, Encoding = encoding, Method = method }).Measure("お誕生日おめでとう");
        Assert.Equal(tokens, measure.Tokens);
        Assert.Equal(counted, measure.Method);
        Assert.Equal(by, measure.Encoding);
    }

    [Theory]
    [InlineData(null, "missing_required_field", "Encoding", "To count tokens the encoding has to be known: give -Model, or -Encoding (o200k_base, o200k_harmony, cl100k_base).")]
    [InlineData("llama3", "invalid_value", "Model", "With which encoding 'llama3' counts is not known here: give it by -Encoding (o200k_base, o200k_harmony, cl100k_base).")]
    public void The_exact_count_without_an_encoding_says_what_to_give(string? model, string code, string param, string message)
    {
        ApiException exception = Assert.ThrowsAny<ApiException>(() => new TokenMeasurer(new() { Model = model, Method = TokenMethod.Exact }).Measure("a"));
        Assert.Equal(code, exception.Code);
        Assert.Equal(param, exception.Param);
        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void An_encoding_that_does_not_ship_is_refused()
    {
        ApiException exception = Assert.ThrowsAny<ApiException>(() => new TokenMeasurer(new() { Encoding = "p50k_base" }).Measure("a"));
        Assert.Equal("Encoding", exception.Param);
        Assert.Equal("There is no encoding 'p50k_base' here. There are o200k_base, o200k_harmony, cl100k_base.", exception.Message);
    }

    [Theory]
    [InlineData("o200k_base", true)]
    [InlineData("cl100k_base", true)]
    [InlineData(null, false)]
    public async Task Bytes_count_as_their_text_whatever_its_encoding_and_length(string? encoding, bool isExact)
    {
        string text = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"汉字 word{i} 😀's\r\n   x"));
        TokenMeasurer measurer = new(new() { Encoding = encoding });
        TokenMeasure expected = measurer.Measure(text);
        foreach (Encoding wire in new[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            TokenMeasure measure = await measurer.MeasureBytesAsync([.. wire.GetPreamble(), .. wire.GetBytes(text)], default);
            Assert.Equal(expected.Tokens, measure.Tokens);
            Assert.Equal(expected.Characters, measure.Characters);
            Assert.Equal(expected.Bytes, measure.Bytes);
            Assert.Equal(isExact ? TokenMethod.Exact : TokenMethod.Estimate, measure.Method);
        }
    }

    [Theory]
    [InlineData("00", "These bytes are no text: there is a NUL character in them.")]
    [InlineData("FF", "These bytes are no text: they are neither UTF-8 nor UTF-16 with a byte order mark.")]
    public async Task Bytes_that_are_no_text_are_refused(string hex, string message) => Assert.Equal(
        message, (await Assert.ThrowsAnyAsync<ApiException>(() => new TokenMeasurer(new()).MeasureBytesAsync(Convert.FromHexString(hex), default))).Message);

    [Theory]
    [InlineData(null, 7)]
    [InlineData(5L, 5)]
    [InlineData(0L, 0)]
    public void What_a_request_keeps_for_its_answer_counts_where_nothing_else_is_said(long? given, long kept)
    {
        RequestParts request = Parts("""{"model":"gpt-4","max_tokens":7,"messages":[{"role":"user","content":"Hello"}]}""");
        TokenMeasure measure = new TokenMeasurer(new() { MaxTokens = given, DefaultModel = "gpt-4o" }).MeasureRequest(request);
        Assert.Equal("gpt-4", measure.Model);
        Assert.Equal(3 + 1 + 1 + 3, measure.Tokens);
        Assert.Equal(kept, measure.MaxTokens);
        Assert.Equal(8_192 - 8 - kept, measure.Remaining);
    }

    [Fact]
    public void The_estimate_of_a_request_is_the_page_s_and_each_message_has_its_own()
    {
        RequestParts request = Parts("""{"model":"made-up","messages":[{"role":"system","content":"abc"},{"role":"user","content":"defgh"}]}""");
        TokenMeasure measure = new TokenMeasurer(new()).MeasureRequest(request);
        Assert.Equal(2, measure.Tokens);
        Assert.Equal(TokenMethod.Estimate, measure.Method);
        Assert.Equal([0L, 1], measure.Messages.Select(message => message.Tokens));
    }

    [Fact]
    public void A_sum_is_exact_where_all_of_it_is()
    {
        TokenSum sum = new("gpt-4", 100);
        TokenMeasurer measurer = new(new() { Model = "gpt-4" });
        sum.Add(measurer.Measure("Hello"));
        sum.Add(measurer.Measure("Hello world"));
        TokenMeasure total = sum.ToMeasure();
        Assert.Equal((3, 2, 16, 16), ((int)total.Tokens, total.Count, (int)total.Bytes, (int)total.Characters));
        Assert.Equal(TokenMethod.Exact, total.Method);
        Assert.Equal("cl100k_base", total.Encoding);
        Assert.Equal(8_192 - 3 - 100, total.Remaining);
        sum.Add(new TokenMeasurer(new()).Measure("Hello"));
        Assert.Equal(TokenMethod.Estimate, sum.ToMeasure().Method);
        Assert.Null(sum.ToMeasure().Encoding);
        Assert.Equal(0, new TokenSum(null, 0).ToMeasure().Count);
    }

    private static RequestParts Parts(string json) => RequestParts.Read(Encoding.UTF8.GetBytes(json))!;
}
