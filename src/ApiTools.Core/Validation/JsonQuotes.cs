using System.Text;

namespace ApiTools.Validation;

/// <summary>Strings in other quotes than JSON's, and what a string would be in JSON's: quotes, escapes and control characters as it writes them.</summary>
internal static class JsonQuotes
{
    /// <summary>The foreign quote at an offset; null where there is none.</summary>
    public static JsonFault? Find(ReadOnlySpan<byte> json, int offset)
    {
        (int codePoint, _) = JsonScan.CodePoint(json, offset);
        if (codePoint == '\'')
        {
            return new JsonFault(offset, "Strings stand in double quotes in JSON, not in single ones.", Mend(json, offset));
        }
        if (codePoint == '`' && !json.Slice(offset).StartsWith("```"u8))
        {
            return new JsonFault(offset, "Strings stand in double quotes in JSON, not in backticks.", Mend(json, offset));
        }
        if (IsQuote(codePoint) && codePoint != '"' && codePoint != '`')
        {
            string shown = $"U+{codePoint:X4}";
            return new JsonFault(
                offset, $"Here stands the quotation mark {char.ConvertFromUtf32(codePoint)} ({shown}), as word processors set it; JSON's is the plain \".", Mend(json, offset));
        }
        return null;
    }

    /// <summary>What makes one good string of the one that begins at an offset, in whatever quotes; null where its end cannot be told.</summary>
    public static SyntaxMend? Mend(ReadOnlySpan<byte> json, int start)
    {
        (int quote, int length) = JsonScan.CodePoint(json, start);
        int end = FindClosing(json, start + length, quote);
        if (end < 0)
        {
            return null;
        }
        int closing = JsonScan.CodePoint(json, end).Length;
        List<byte> text = [(byte)'"'];
        bool isSafe = Rewrite(json.Slice(start + length, end - start - length), text);
        text.Add((byte)'"');
        return Shortest(json, start, end + closing, text, quote == '"' ? "a string's escapes put right" : "a string put in double quotes", isSafe);
    }

    // The first quote of the kind after which something of JSON's grammar follows. An apostrophe inside is followed by a letter.
    private static int FindClosing(ReadOnlySpan<byte> json, int offset, int opening)
    {
        for (int i = offset; i < json.Length;)
        {
            byte b = json[i];
            if (b == '\\')
            {
                i += 2;
                continue;
            }
            if (b is (byte)'\n' or (byte)'\r' && opening is not ('"' or '`'))
            {
                return -1;
            }
            (int codePoint, int length) = b < 0x80 ? (b, 1) : JsonScan.CodePoint(json, i);
            if (Closes(opening, codePoint))
            {
                bool isEnd = JsonScan.At(json, JsonScan.SkipBlanks(json, i + length)) is (byte)',' or (byte)':' or (byte)'}' or (byte)']' or (byte)'=' or 0 or >= 0x80;
                if (isEnd)
                {
                    return i;
                }
                if (opening == '"')
                {
                    return -1;
                }
            }
            i += length;
        }
        return -1;
    }

    private static bool Closes(int opening, int codePoint) => opening switch
    {
        '"' or '\'' or '`' => codePoint == opening,
        >= 0x2018 and <= 0x201b => codePoint is >= 0x2018 and <= 0x201b,
        _ => codePoint == '"' || (IsQuote(codePoint) && codePoint is not ('\'' or '`' or (>= 0x2018 and <= 0x201b))),
    };

    private static bool IsQuote(int codePoint) =>
        codePoint is '"' or '\'' or '`' or 0xab or 0xbb or (>= 0x2018 and <= 0x201f) or 0x2032 or 0x2033 or 0xff02 or 0x300c or 0x300d;

    // False where something in it may have meant something else.
    private static bool Rewrite(ReadOnlySpan<byte> content, List<byte> text)
    {
        bool doubled = false;
        bool escaped = false;
        int i = 0;
        while (i < content.Length)
        {
            byte b = content[i];
            int length = b == '\\' ? JsonStringFault.EscapeLength(content, i) : 0;
            byte next = JsonScan.At(content, i + 1);
            if (length > 0)
            {
                escaped |= next is not ((byte)'"' or (byte)'\\');
                text.AddRange(content.Slice(i, length).ToArray());
                i += length;
            }
            else if (b == '\\' && next is (byte)'\'' or (byte)'`')
            {
                text.Add(next);
                i += 2;
            }
            else if (b == '\\' && next == 'x' && JsonStringFault.IsHex(JsonScan.At(content, i + 2)) && JsonStringFault.IsHex(JsonScan.At(content, i + 3)))
            {
                text.AddRange([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', content[i + 2], content[i + 3]]);
                i += 4;
            }
            else
            {
                doubled |= b == '\\';
                AddPlain(b, text);
                i++;
            }
        }
        // C:\new\dir: where one backslash was meant as itself, the others may have been too.
        return !(doubled && escaped);
    }

    private static void AddPlain(byte b, List<byte> text)
    {
        if (b < 0x20)
        {
            text.AddRange(Encoding.ASCII.GetBytes(JsonStringFault.EscapeOf(b)));
            return;
        }
        if (b is (byte)'"' or (byte)'\\')
        {
            text.Add((byte)'\\');
        }
        text.Add(b);
    }

    // What is equal at both ends stays.
    private static SyntaxMend Shortest(ReadOnlySpan<byte> json, int start, int end, List<byte> text, string description, bool isSafe)
    {
        int first = 0;
        while (first < text.Count && start + first < end && text[first] == json[start + first])
        {
            first++;
        }
        int last = 0;
        while (last < text.Count - first && end - 1 - last >= start + first && text[text.Count - 1 - last] == json[end - 1 - last])
        {
            last++;
        }
        return new SyntaxMend(start + first, end - last - start - first, [.. text.Skip(first).Take(text.Count - first - last)], description, isSafe);
    }
}
