using System.Globalization;
using System.Text;

namespace ApiTools.Validation;

/// <summary>What is wrong with a number (RFC 8259 section 6), and which number was meant.</summary>
internal static class JsonNumberFault
{
    // A longer one is no mistyped number.
    private const int MaximumMended = 1000;

    /// <summary>What is wrong with the number that begins at an offset; null where it is whole.</summary>
    public static JsonFault? Find(ReadOnlySpan<byte> json, int offset)
    {
        int end = EndOf(json, offset);
        ReadOnlySpan<byte> number = json.Slice(offset, end - offset);
        int wrong = FirstWrong(number);
        if (wrong < 0)
        {
            return null;
        }
        string text = Encoding.ASCII.GetString(number.Slice(0, Math.Min(number.Length, MaximumMended)).ToArray());
        if (text.TrimStart('+', '-').ToLower(CultureInfo.InvariantCulture) is "infinity" or "inf" or "nan")
        {
            return JsonWordFault.NoNumber(offset, end, text);
        }
        SyntaxMend? mend = number.Length > MaximumMended ? null : Mend(offset, text);
        return new JsonFault(offset + wrong, Describe(text, wrong), mend);
    }

    /// <summary>The end of what looks like a number: of digits, letters, signs and dots.</summary>
    public static int EndOf(ReadOnlySpan<byte> json, int offset)
    {
        int end = offset;
        while (end < json.Length && json[end] is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z')
            or (byte)'+' or (byte)'-' or (byte)'.' or (byte)'_')
        {
            end++;
        }
        return end;
    }

    /// <summary>The first byte that a number cannot have there, its length where more has to follow; -1 where it is whole.</summary>
    public static int FirstWrong(ReadOnlySpan<byte> number)
    {
        int i = JsonScan.At(number, 0) == '-' ? 1 : 0;
        int digits = Digits(number, i);
        if (digits == i)
        {
            return i;
        }
        if (number[i] == '0' && digits > i + 1)
        {
            return i + 1;
        }
        i = digits;
        if (JsonScan.At(number, i) == '.')
        {
            digits = Digits(number, i + 1);
            if (digits == i + 1)
            {
                return digits;
            }
            i = digits;
        }
        if (JsonScan.At(number, i) is (byte)'e' or (byte)'E')
        {
            i++;
            i += JsonScan.At(number, i) is (byte)'+' or (byte)'-' ? 1 : 0;
            digits = Digits(number, i);
            if (digits == i)
            {
                return i;
            }
            i = digits;
        }
        return i == number.Length ? -1 : i;
    }

    private static string Describe(string text, int wrong)
    {
        string digits = text.TrimStart('+', '-');
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return "JSON has no hexadecimal numbers.";
        }
        if (text[0] == '+')
        {
            return "A number has no '+' before it in JSON.";
        }
        if (digits.Length == 0)
        {
            return "After the '-', the digits of a number are missing.";
        }
        if (digits[0] == '.')
        {
            return "A digit is missing before the '.': 0.5, not .5.";
        }
        if (wrong < text.Length && char.IsDigit(text[wrong]))
        {
            return "A number has no leading zero in JSON.";
        }
        return text[wrong - 1] switch
        {
            '.' => "A digit is missing after the '.'.",
            'e' or 'E' or '+' or '-' => "The digits of the exponent are missing.",
            _ => $"'{text[wrong]}' is no part of a JSON number: digits, one '.' with digits on both sides, an exponent.",
        };
    }

    private static SyntaxMend? Mend(int offset, string text)
    {
        string meant = Plain(text);
        bool isSafe = true;
        if (FirstWrong(Encoding.ASCII.GetBytes(meant)) >= 0)
        {
            // 010 is 8 in some languages, and an id in others.
            isSafe = false;
            meant = Hexadecimal(meant) ?? WithoutZeros(meant);
        }
        return FirstWrong(Encoding.ASCII.GetBytes(meant)) < 0
            ? SyntaxMend.Replace(offset, text.Length, meant, $"{text} changed into {meant}", isSafe)
            : null;
    }

    // What can be meant in one way only: +1, .5, 5. and 1_000.
    private static string Plain(string text)
    {
        StringBuilder plain = new(text.Length + 2);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool afterDigit = i > 0 && char.IsDigit(text[i - 1]);
            bool beforeDigit = i + 1 < text.Length && char.IsDigit(text[i + 1]);
            if ((c == '+' && i == 0) || (c == '_' && afterDigit && beforeDigit))
            {
                continue;
            }
            bool isPoint = c == '.';
            plain.Append(isPoint && !afterDigit && beforeDigit ? "0" : string.Empty).Append(c).Append(isPoint && afterDigit && !beforeDigit ? "0" : string.Empty);
        }
        return plain.ToString();
    }

    private static string? Hexadecimal(string text)
    {
        bool isNegative = text.StartsWith("-", StringComparison.Ordinal);
        string digits = isNegative ? text.Substring(1) : text;
        return digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(digits.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long value)
            && value >= 0
                ? (isNegative ? "-" : string.Empty) + value.ToString(CultureInfo.InvariantCulture)
                : null;
    }

    private static string WithoutZeros(string text)
    {
        int sign = text.StartsWith("-", StringComparison.Ordinal) ? 1 : 0;
        int zeros = sign;
        while (zeros + 1 < text.Length && text[zeros] == '0' && char.IsDigit(text[zeros + 1]))
        {
            zeros++;
        }
        return text.Remove(sign, zeros - sign);
    }

    private static int Digits(ReadOnlySpan<byte> number, int start)
    {
        while (start < number.Length && number[start] is >= (byte)'0' and <= (byte)'9')
        {
            start++;
        }
        return start;
    }
}
