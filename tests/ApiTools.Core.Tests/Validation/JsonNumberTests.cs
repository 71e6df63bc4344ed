using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

public sealed class JsonNumberTests
{
    private static readonly string[] Edges =
    [
        "0", "-0", "-0.0", "0.1", "0.3", "0.7", "1.5", "123456789012345", "1234567890123456", "0.12345678901234", "0.123456789012345", "1e5", "1E-5", "-1.5e300", "999999999999999999",
        "1000000000000000000", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "5.0", "2e0", "4.35", "0.000001", "9007199254740993",
    ];

    [Fact]
    public void Numbers_are_those_of_a_reader()
    {
        Random random = new(5);
        IEnumerable<string> generated = Enumerable.Range(0, JsonMutation.Scale(3000)).Select(_ => Number(random));
        foreach (string text in Edges.Concat(generated))
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            Utf8JsonReader reader = new(utf8);
            Assert.True(reader.Read());
            Assert.Equal((text, reader.GetDouble()), (text, JsonNumber.ToDouble(utf8)));
            bool isLong = reader.TryGetInt64(out long expected);
            Assert.Equal((text, isLong, expected), (text, JsonNumber.TryGetInt64(utf8, out long value), isLong ? value : 0));
        }
    }

    [Theory]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData("-1e400", double.NegativeInfinity)]
    public void What_no_double_holds_is_infinite(string text, double expected) => Assert.Equal(expected, JsonNumber.ToDouble(Encoding.UTF8.GetBytes(text)));

    private static string Number(Random random)
    {
        string sign = random.Next(3) == 0 ? "-" : string.Empty;
        string whole = random.NextInt64(random.Next(2) == 0 ? 1000 : long.MaxValue).ToString(CultureInfo.InvariantCulture);
        string fraction = random.Next(2) == 0 ? "." + random.NextInt64(random.Next(2) == 0 ? 1000 : long.MaxValue).ToString(CultureInfo.InvariantCulture) : string.Empty;
        return sign + whole + fraction;
    }
}
