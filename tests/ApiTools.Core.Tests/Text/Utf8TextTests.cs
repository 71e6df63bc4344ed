using System.Text;
using ApiTools.Text;

namespace ApiTools.Core.Tests.Text;

public sealed class Utf8TextTests
{
    [Theory]
    [InlineData("abc", 3, 3)]
    [InlineData("abc", 2, 2)]
    [InlineData("é天😀", 9, 4)]
    [InlineData("é天😀", 8, 2)]
    [InlineData("é天😀", 4, 1)]
    [InlineData("é", 1, 0)]
    [InlineData("", 0, 0)]
    public void As_many_characters_fit_as_their_bytes_do(string text, int bytes, int length)
    {
        Assert.Equal(length, Utf8Text.LengthThatFits(text, bytes));
        Assert.True(Encoding.UTF8.GetByteCount(text[..length]) <= bytes);
    }
}
