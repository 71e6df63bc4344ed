using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ApiTools.Core.Tests.Errors;
using ApiTools.Core.Tests.Tokens;
using ApiTools.Core.Tests.Validation;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.House;

/// <summary>What stands behind <c>#if</c> says the same for Windows PowerShell as for PowerShell 7.</summary>
public sealed class PortableEngineTests
{
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void It_is_the_other_build()
    {
        Assert.StartsWith(".NETCoreApp", BuiltEngine.Own.Framework, StringComparison.Ordinal);
        Assert.StartsWith(".NETStandard", BuiltEngine.Portable.Framework, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cl100k_base")]
    [InlineData("o200k_base")]
    [InlineData("o200k_harmony")]
    public void A_text_is_the_same_tokens(string encoding)
    {
        Random random = new(21);
        string[] texts = [.. TokenVector.Read("strings.tsv").Select(vector => vector.Text), .. Enumerable.Range(0, 1000).Select(_ => NastyText.Next(random))];
        Func<string, bool, long> count = BuiltEngine.Portable.CounterOf(encoding);
        Func<byte[], bool, List<int>> encode = BuiltEngine.Portable.EncoderOf(encoding);
        Func<byte[], bool, List<int>> own = BuiltEngine.Own.EncoderOf(encoding);
        foreach (string text in texts)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            List<int> ids = own(utf8, true);
            Assert.Equal(ids, encode(utf8, true));
            Assert.Equal(ids.Count, count(text, true));
        }
        string all = string.Concat(texts);
        Assert.Equal(own(Encoding.UTF8.GetBytes(all), false).Count, count(all, false));
    }

    [Fact]
    public void An_example_of_each_rule_is_judged_and_repaired_alike() => Assert.All(RuleRow.ReadAll(), row => AssertSame(Encoding.UTF8.GetBytes(row.Request)));

    [Fact]
    public void What_is_near_JSON_is_judged_and_repaired_alike()
    {
        Random random = new(22);
        for (int i = 0; i < JsonMutation.Scale(2000); i++)
        {
            AssertSame(JsonMutation.Next(random));
        }
    }

    [Fact]
    public void The_text_of_messages_counts_the_same_with_escapes_and_without()
    {
        Random random = new(23);
        for (int i = 0; i < 1000; i++)
        {
            // Half a surrogate pair cannot be written.
            string text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(NastyText.Next(random)));
            object request = new { model = "llama3", messages = new[] { new { role = "user", content = text }, new { role = "user", content = "用中文也说一遍。" + text } } };
            AssertSame(JsonSerializer.SerializeToUtf8Bytes(request));
            AssertSame(JsonSerializer.SerializeToUtf8Bytes(request, Unescaped));
        }
    }

    [Fact]
    public void Each_shape_of_an_error_is_understood_alike() => Assert.All(ErrorShape.All, shape =>
    {
        AssertUnderstoodAlike(shape.Status, Encoding.UTF8.GetBytes(shape.Body), shape.Headers, null);
        AssertUnderstoodAlike(shape.Status, Encoding.UTF8.GetBytes(shape.Body), null, "tokens");
    });

    [Fact]
    public void What_is_near_an_error_is_understood_alike()
    {
        Random random = new(24);
        for (int i = 0; i < JsonMutation.Scale(4000); i++)
        {
            (int status, byte[] body) = ErrorMutation.Next(random);
            AssertUnderstoodAlike(status, body, null, random.Next(2) == 0 ? null : ErrorMutation.Key);
        }
    }

    private static void AssertUnderstoodAlike(int status, byte[] body, IEnumerable<KeyValuePair<string, string>>? headers, string? key) =>
        Assert.Equal(BuiltEngine.Own.Explain(status, body, headers, Time, key), BuiltEngine.Portable.Explain(status, body, headers, Time, key));

    private static void AssertSame(byte[] json)
    {
        Assert.Equal(BuiltEngine.Own.Check(json), BuiltEngine.Portable.Check(json));
        Assert.Equal(BuiltEngine.Own.Repair(json), BuiltEngine.Portable.Repair(json));
    }
}
