using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>Says in words what is wrong with a text that is no JSON, and where, from the place where a reader gave up.</summary>
internal static class JsonFault
{
    private static readonly Dictionary<string, string> OtherLanguages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["true"] = "true",
        ["false"] = "false",
        ["null"] = "null",
        ["None"] = "null",
        ["nil"] = "null",
        ["undefined"] = "null",
        ["yes"] = "true",
        ["no"] = "false",
    };

    /// <summary>The fault's place and its description.</summary>
    /// <param name="json">The text, well-formed UTF-8.</param>
    /// <param name="stop">The offset where the reader gave up.</param>
    /// <param name="context">Where it stood before.</param>
    public static (int Offset, string Message) Describe(ReadOnlySpan<byte> json, int stop, JsonFaultContext context)
    {
        int token = SkipBlanks(json, context.End);
        bool comma = context.AfterValue && token < json.Length && json[token] == ',';
        if (comma)
        {
            token = SkipBlanks(json, token + 1);
        }
        if (token >= json.Length)
        {
            return (json.Length, DescribeEnd(context));
        }
        if (context.Depth == 0 && context.Last != JsonTokenType.None)
        {
            return (token, "The JSON is complete before this; nothing may follow it. Is it two requests? A file of several ends in .jsonl, and has one a line.");
        }
        stop = Math.Max(stop, token);
        byte first = json[token];
        switch (first)
        {
            case (byte)'{' or (byte)'[' when context.Depth >= JsonSyntax.MaximumDepth:
                return (token, $"Objects and arrays are nested deeper than {JsonSyntax.MaximumDepth} levels.");
            case (byte)'}' or (byte)']' when comma || context.Last == JsonTokenType.PropertyName || IsWrongEnd(first, context):
                return (token, DescribeClosing(first, comma, context));
            case (byte)'/' or (byte)'#':
                return (token, "JSON has no comments: take it out.");
            case (byte)'\'':
                return (token, "Strings stand in double quotes in JSON, not in single ones.");
            case (byte)'"':
                return DescribeString(json, token, stop, comma, context);
            case (byte)'-' or (byte)'+' or (byte)'.' or (>= (byte)'0' and <= (byte)'9') when !(context.AfterValue && !comma):
                return (stop < json.Length ? stop : token, "This is no JSON number: digits, one dot with digits on both sides, an exponent; no leading zero, no +.");
            default:
                break;
        }
        if (context.AfterValue && !comma)
        {
            return (token, $"A ',' is missing before {Shown(json, token)}, or a '{(context.InObject ? '}' : ']')}'.");
        }
        string word = Word(json, token);
        if (word.Length > 0)
        {
            return (token, DescribeWord(word, comma, context));
        }
        return (token, $"Here stands {Shown(json, token)} where JSON expects {Expected(comma, context)}.");
    }

    /// <summary>What is wrong with bytes that are not UTF-8.</summary>
    public static string DescribeInvalidUtf8(ReadOnlySpan<byte> json, int offset) =>
        LooksLikeUtf16(json)
            ? "The text is in UTF-16, as Windows PowerShell's > writes it; JSON has to be UTF-8. Save it with Set-Content -Encoding utf8."
            : $"The byte 0x{json[offset]:x2} is not UTF-8, which JSON has to be. Save the text as UTF-8.";

    /// <summary>UTF-8 bytes as text that is safe to show.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => VisibleText.Line(Encoding.UTF8.GetString(bytes.ToArray()), 60);

    private static bool LooksLikeUtf16(ReadOnlySpan<byte> json) =>
        json.Length >= 2 && ((json[0] == 0xff && json[1] == 0xfe) || (json[0] == 0xfe && json[1] == 0xff));

    private static string DescribeEnd(JsonFaultContext context)
    {
        if (context.Depth == 0)
        {
            return "The request is empty.";
        }
        string container = context.InObject ? "an object" : "an array";
        string still = context.Depth == 1 ? string.Empty : $", {context.Depth - 1} more around it";
        return $"The text ends before the JSON does: {container} is still open{still}. Was it cut off?";
    }

    private static bool IsWrongEnd(byte closing, JsonFaultContext context) => context.Depth == 0 || context.InObject != (closing == '}');

    private static string DescribeClosing(byte closing, bool comma, JsonFaultContext context)
    {
        if (context.Last == JsonTokenType.PropertyName)
        {
            return $"A value is missing before '{(char)closing}'.";
        }
        if (IsWrongEnd(closing, context))
        {
            return context.Depth == 0
                ? $"'{(char)closing}' closes nothing."
                : $"'{(char)closing}' does not close the {(context.InObject ? "object" : "array")} that is open; '{(context.InObject ? '}' : ']')}' would.";
        }
        return comma ? $"JSON has no comma before a '{(char)closing}': take it out." : $"'{(char)closing}' cannot stand here.";
    }

    private static (int Offset, string Message) DescribeString(ReadOnlySpan<byte> json, int token, int stop, bool comma, JsonFaultContext context)
    {
        int end = EndOfString(json, token);
        if (context.AfterValue && !comma)
        {
            return (token, $"A ',' is missing before this string, or a '{(context.InObject ? '}' : ']')}'.");
        }
        if (end > 0 && stop >= end)
        {
            // The string itself is good: it is a name, and what follows it is not a colon.
            int next = SkipBlanks(json, end);
            return next < json.Length
                ? (next, $"A ':' is missing after the name {Text(json.Slice(token, Math.Min(end - token, 60)))}.")
                : (json.Length, DescribeEnd(context));
        }
        if (stop < json.Length && json[stop] < 0x20)
        {
            string name = json[stop] switch { (byte)'\n' or (byte)'\r' => "A line end", (byte)'\t' => "A tab", _ => $"The control character U+{(int)json[stop]:X4}" };
            return (stop, $"{name} stands inside a string; JSON writes it as {Escape(json[stop])}. Or is the string's closing quote missing?");
        }
        int escape = stop < json.Length ? LastBackslash(json, token, stop) : -1;
        if (escape >= 0)
        {
            string shown = Text(json.Slice(escape, Math.Min(2, json.Length - escape)));
            return (escape, $"{shown} is no escape of JSON's; a backslash itself is written \\\\.");
        }
        return (token, "The string that begins here is not closed.");
    }

    // The offset past the closing quote; 0 where there is none.
    private static int EndOfString(ReadOnlySpan<byte> json, int start)
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

    private static int LastBackslash(ReadOnlySpan<byte> json, int start, int stop)
    {
        // \uXXXX is the longest escape: the reader stops at most five bytes past its backslash.
        for (int i = stop; i > start && i >= stop - 5; i--)
        {
            if (json[i] == '\\')
            {
                return i;
            }
        }
        return -1;
    }

    private static string DescribeWord(string word, bool comma, JsonFaultContext context)
    {
        bool wantsName = context.InObject && (comma || context.Last == JsonTokenType.StartObject);
        if (wantsName)
        {
            return $"Names stand in double quotes in JSON: \"{word}\".";
        }
        if (OtherLanguages.TryGetValue(word, out string? json))
        {
            return $"{word} is no JSON; {json} is.";
        }
        return word is "NaN" or "Infinity"
            ? $"{word} is no JSON number."
            : $"{word} is no JSON value; a string stands in double quotes: \"{word}\".";
    }

    private static string Expected(bool comma, JsonFaultContext context) =>
        context.InObject && (comma || context.Last == JsonTokenType.StartObject) ? "a name in double quotes" : "a value";

    private static string Word(ReadOnlySpan<byte> json, int start)
    {
        int end = start;
        while (end < json.Length && end - start < 40 && json[end] is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'_' or (>= (byte)'0' and <= (byte)'9'))
        {
            end++;
        }
        return end > start ? Text(json.Slice(start, end - start)) : string.Empty;
    }

    // One whole character: with its number where it is not plain, since it may look like another (typographic quotes, blanks).
    private static string Shown(ReadOnlySpan<byte> json, int offset)
    {
        int length = json[offset] switch { < 0x80 => 1, < 0xe0 => 2, < 0xf0 => 3, _ => 4 };
        string character = Encoding.UTF8.GetString(json.Slice(offset, Math.Min(length, json.Length - offset)).ToArray());
        int codePoint = char.ConvertToUtf32(character, 0);
        return codePoint is > 0x20 and < 0x7f
            ? $"'{character}'"
            : $"the character U+{codePoint.ToString("X4", CultureInfo.InvariantCulture)}";
    }

    private static string Escape(byte control) => control switch
    {
        (byte)'\n' => "\\n",
        (byte)'\r' => "\\r",
        (byte)'\t' => "\\t",
        _ => "\\u" + ((int)control).ToString("x4", CultureInfo.InvariantCulture),
    };

    // RFC 8259 section 2: blanks are space, tab, line feed and carriage return, and nothing else.
    private static int SkipBlanks(ReadOnlySpan<byte> json, int offset)
    {
        while (offset < json.Length && json[offset] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            offset++;
        }
        return offset;
    }
}
