using System.Text;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

public sealed class Utf8NamesTests
{
    // Of every length up to 40, and such as differ in the middle alone.
    private static readonly string[] All = [.. Enumerable.Range(0, 40).Select(length => new string('n', length)), "aaaaaaaaabbbbbbbb", "aaaaaaaacbbbbbbbb", "role", "name"];

    [Fact]
    public void Each_name_is_found_and_none_that_differs_in_a_byte()
    {
        Utf8Names names = new(All);
        for (int i = 0; i < All.Length; i++)
        {
            byte[] name = Encoding.UTF8.GetBytes(All[i]);
            Assert.Equal((i, i), (names.IndexOf(name), names.IndexOf(All[i])));
            for (int at = 0; at < name.Length; at++)
            {
                byte[] other = [.. name];
                other[at] = (byte)'X';
                Assert.Equal(-1, names.IndexOf(other));
            }
        }
        Assert.Equal(-1, new Utf8Names([]).IndexOf("a"u8));
    }
}
