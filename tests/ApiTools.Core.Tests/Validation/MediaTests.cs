using System.Text;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

public sealed class MediaTests
{
    [Fact]
    public void An_image_past_the_largest_is_a_warning_with_its_size()
    {
        Assert.Empty(Check.Run(Image(MediaRelations.MaximumBytes / 3 * 4)).Findings);
        Finding finding = Assert.Single(Check.Run(Image((MediaRelations.MaximumBytes / 3 * 4) + 4)).Findings);
        Assert.Equal(
            (FindingSeverity.Warning, "messages[0].content[0].image_url.url is 50 MB; OpenAI takes 50 MB in a request."), (finding.Severity, finding.Message));
    }

    [Fact]
    public void An_image_without_its_prefix_is_known_by_its_first_bytes()
    {
        Finding finding = Check.Only(Check.Request(string.Empty).Replace("\"Hello\"", """[{"type":"image_url","image_url":{"url":"/9j/4AAQ"}}]""", StringComparison.Ordinal));
        Assert.EndsWith("It looks like an image in base64: put data:image/jpeg;base64, before it.", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("AA==")]
    [InlineData("AAA=")]
    [InlineData("AA=")]
    [InlineData("A===")]
    [InlineData("=AAA")]
    [InlineData("AA=A")]
    [InlineData("AA-_")]
    [InlineData("AA\nAA ")]
    [InlineData("AAAAA")]
    public void The_two_base64_readers_agree(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Assert.Equal(Base64Text.IsValid(utf8), Base64Text.IsValidPortable(utf8));
    }

    private static byte[] Image(int base64)
    {
        string[] ends = Check.Request(string.Empty).Replace("\"Hello\"", """[{"type":"image_url","image_url":{"url":"data:image/png;base64,#"}}]""", StringComparison.Ordinal).Split('#');
        return [.. Encoding.UTF8.GetBytes(ends[0]), .. Enumerable.Repeat((byte)'A', base64), .. Encoding.UTF8.GetBytes(ends[1])];
    }
}
