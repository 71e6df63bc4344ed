using System.Globalization;

namespace ApiTools.Validation;

/// <summary>A word that is none of JSON's three: another language's, an unquoted name, an unquoted string.</summary>
internal static class JsonWordFault
{
    // What other languages write, and what it is in JSON. Those that may mean something else too (a string, nothing at all) are not safe.
    private static readonly Dictionary<string, (string Json, bool IsSafe)> OtherLanguages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["true"] = ("true", true),
        ["false"] = ("false", true),
        ["null"] = ("null", true),
        ["None"] = ("null", true),
        ["nil"] = ("null", true),
        ["undefined"] = ("null", false),
        ["yes"] = ("true", false),
        ["no"] = ("false", false),
    };

    /// <summary>What is wrong with the word at an offset; null where none begins there.</summary>
    public static JsonFault? Find(ReadOnlySpan<byte> json, int offset, bool wantsName)
    {
        int end = JsonScan.EndOfWord(json, offset);
        if (end == offset)
        {
            return null;
        }
        string word = JsonFault.Text(json.Slice(offset, end - offset));
        SyntaxMend quoted = new(offset, end - offset, [(byte)'"', .. json.Slice(offset, end - offset), (byte)'"'], $"{word} put in quotes", wantsName);
        if (wantsName)
        {
            bool isName = JsonScan.At(json, JsonScan.SkipBlanks(json, end)) is (byte)':' or (byte)'=';
            return new JsonFault(offset, $"Names stand in double quotes in JSON: \"{word}\".", isName ? quoted : null);
        }
        if (OtherLanguages.TryGetValue(word, out (string Json, bool IsSafe) other))
        {
            return new JsonFault(
                offset, $"{word} is no JSON; {other.Json} is.", SyntaxMend.Replace(offset, end - offset, other.Json, $"{word} changed into {other.Json}", other.IsSafe));
        }
        if (word.ToLower(CultureInfo.InvariantCulture) is "nan" or "infinity" or "inf")
        {
            return NoNumber(offset, end, word);
        }
        // hello, but not hello world, nor hello".
        bool isAlone = JsonScan.At(json, JsonScan.SkipBlanks(json, end)) is (byte)',' or (byte)'}' or (byte)']' or 0;
        return new JsonFault(offset, $"{word} is no JSON value; a string stands in double quotes: \"{word}\".", isAlone ? quoted : null);
    }

    /// <summary>The fault of NaN and the infinities: null would be valid, and another value.</summary>
    public static JsonFault NoNumber(int offset, int end, string word) =>
        new(offset, $"{word} is no JSON number.", SyntaxMend.Replace(offset, end - offset, "null", $"{word} changed into null", isSafe: false));
}
