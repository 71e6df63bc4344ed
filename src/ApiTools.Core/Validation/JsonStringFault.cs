using System.Globalization;

namespace ApiTools.Validation;

/// <summary>What is wrong inside a string in double quotes (RFC 8259 section 7).</summary>
internal static class JsonStringFault
{
    /// <summary>What is wrong with the string whose opening quote stands at an offset; null where it is whole.</summary>
    public static JsonFault? Find(ReadOnlySpan<byte> json, int token)
    {
        int i = token + 1;
        while (i < json.Length)
        {
            byte b = json[i];
            if (b == '"')
            {
                return null;
            }
            if (b < 0x20)
            {
                return Control(json, token, i);
            }
            if (b != '\\')
            {
                i++;
                continue;
            }
            int length = EscapeLength(json, i);
            if (length == 0)
            {
                return Escape(json, token, i);
            }
            i += length;
        }
        return new JsonFault(token, "The string that begins here is not closed.", Unclosed(json, token));
    }

    /// <summary>The offset past the closing quote; 0 where there is none.</summary>
    public static int EndOfString(ReadOnlySpan<byte> json, int start)
    {
        for (int i = start + 1; i < json.Length; i++)
        {
            if (json[i] == '\\')
            {
                i++;
            }
            else if (json[i] == '"')
            {
                return i + 1;
            }
        }
        return 0;
    }

    /// <summary>The length of the escape that begins at a backslash; 0 where it is none of JSON's.</summary>
    public static int EscapeLength(ReadOnlySpan<byte> json, int offset)
    {
        switch (JsonScan.At(json, offset + 1))
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return 2;
            case (byte)'u':
                for (int i = 2; i < 6; i++)
                {
                    if (!IsHex(JsonScan.At(json, offset + i)))
                    {
                        return 0;
                    }
                }
                return 6;
            default:
                return 0;
        }
    }

    /// <summary>Whether a byte is a hexadecimal digit.</summary>
    public static bool IsHex(byte b) => b is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f') or (>= (byte)'A' and <= (byte)'F');

    /// <summary>A control character as JSON writes it.</summary>
    public static string EscapeOf(byte control) => control switch
    {
        (byte)'\n' => "\\n",
        (byte)'\r' => "\\r",
        (byte)'\t' => "\\t",
        _ => "\\u" + ((int)control).ToString("x4", CultureInfo.InvariantCulture),
    };

    private static JsonFault Control(ReadOnlySpan<byte> json, int token, int offset)
    {
        byte control = json[offset];
        string name = control switch
        {
            (byte)'\n' or (byte)'\r' => "A line end",
            (byte)'\t' => "A tab",
            _ => $"The control character U+{((int)control).ToString("X4", CultureInfo.InvariantCulture)}",
        };
        SyntaxMend? mend = JsonQuotes.Mend(json, token) ?? (control is (byte)'\n' or (byte)'\r' ? QuoteBefore(json, token, offset) : null);
        return new JsonFault(offset, $"{name} stands inside a string; JSON writes it as {EscapeOf(control)}. Or is the string's closing quote missing?", mend);
    }

    private static JsonFault Escape(ReadOnlySpan<byte> json, int token, int offset)
    {
        if (offset + 1 >= json.Length)
        {
            return new JsonFault(token, "The string that begins here is not closed.");
        }
        int length = JsonScan.At(json, offset + 1) < 0x80 ? 1 : JsonScan.CodePoint(json, offset + 1).Length;
        string shown = JsonFault.Text(json.Slice(offset, 1 + length));
        string why = json[offset + 1] == 'u' ? "four hexadecimal digits have to follow it." : "a backslash itself is written \\\\.";
        return new JsonFault(offset, $"{shown} is no escape of JSON's; {why}", JsonQuotes.Mend(json, token));
    }

    // The line ends where the string should have: its quote belongs before the comma, and whether the comma is text cannot be known.
    private static SyntaxMend QuoteBefore(ReadOnlySpan<byte> json, int token, int lineEnd)
    {
        int end = lineEnd;
        while (end > token + 1 && json[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            end--;
        }
        end -= end > token + 1 && json[end - 1] == ',' ? 1 : 0;
        return SyntaxMend.Insert(end, "\"", "a missing quote put in", isSafe: false);
    }

    private static SyntaxMend? Unclosed(ReadOnlySpan<byte> json, int token)
    {
        int end = json.Length;
        while (end > token + 1 && json[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            end--;
        }
        return json[end - 1] is (byte)'}' or (byte)']' or (byte)',' ? null : SyntaxMend.Insert(end, "\"", "a missing quote put at the end", isSafe: false);
    }
}
