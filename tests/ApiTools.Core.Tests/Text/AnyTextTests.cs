using System.Text;
using ApiTools.Text;

namespace ApiTools.Core.Tests.Text;

/// <summary>Texts as other programs save them.</summary>
public sealed class AnyTextTests
{
    public static TheoryData<string, bool> Encodings { get; } = new()
    {
        { "utf-8", false }, { "utf-8", true }, { "utf-16", false }, { "utf-16", true }, { "utf-16BE", false }, { "utf-16BE", true }, { "utf-32", true },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_text_is_read_in_whatever_encoding_it_was_saved(string name, bool withMark)
    {
        const string Text = "HTTP/1.1 429 Slöw\r\n";
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. withMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Text), 0x7f, 0x7f];
        Assert.Equal(Text, AnyText.Read(bytes, bytes.Length - 2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    public void A_short_text_is_UTF8(string text) => Assert.Equal(text, AnyText.Read([.. Encoding.UTF8.GetBytes(text), 0, 0, 0], text.Length));

    [Fact]
    public void What_is_no_text_is_replaced_and_no_exception() => Assert.Equal("\ufffd\ufffd", AnyText.Read([0xc3, 0xc3], 2));
}
