using System.Buffers.Text;
using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>Reads numbers whose syntax has been checked: short ones, as all ordinary ones are, digit by digit, others as a reader does.</summary>
internal static class JsonNumber
{
    // So many digits fit a long whatever they are, and so many a double's 53 bits.
    private const int LongDigits = 18;
    private const int DoubleDigits = 15;

    // All of these are doubles without rounding.
    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Whether it has neither a fraction nor an exponent and fits 64 bits, and which number it is.</summary>
    public static bool TryGetInt64(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        int start = text[0] == '-' ? 1 : 0;
        if (text.Length - start > LongDigits)
        {
            return Utf8Parser.TryParse(text, out value, out int length) && length == text.Length;
        }
        long number = 0;
        for (int i = start; i < text.Length; i++)
        {
            int digit = text[i] - '0';
            if ((uint)digit > 9)
            {
                return false;
            }
            number = (number * 10) + digit;
        }
        value = start == 0 ? number : -number;
        return true;
    }

    /// <summary>The number; infinite where it is beyond what a double holds.</summary>
    public static double ToDouble(ReadOnlySpan<byte> text)
    {
        int start = text[0] == '-' ? 1 : 0;
        if (text.Length - start > DoubleDigits)
        {
            return Parse(text);
        }
        long number = 0;
        int point = text.Length;
        for (int i = start; i < text.Length; i++)
        {
            int digit = text[i] - '0';
            if ((uint)digit <= 9)
            {
                number = (number * 10) + digit;
            }
            else if (text[i] == '.')
            {
                point = i + 1;
            }
            else
            {
                return Parse(text);
            }
        }
        // Of two numbers that are exact the quotient is rounded once, and so is the nearest there is.
        double value = number / PowersOfTen[text.Length - point];
        return start == 0 ? value : -value;
    }

    private static double Parse(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader reader = new(text);
        reader.Read();
        return reader.TryGetDouble(out double value) ? value : text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
    }
}
