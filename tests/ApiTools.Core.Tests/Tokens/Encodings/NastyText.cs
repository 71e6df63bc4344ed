using System.Text;

namespace ApiTools.Core.Tests.Tokens.Encodings;

/// <summary>Random texts of what tokenizers get wrong: contractions, blanks in runs, line ends, digits in threes, marks, scripts side by side.</summary>
internal static class NastyText
{
    private static readonly string[] Parts =
    [
        "'s", "'S", "'ll", "'Ll", "'re", "'VE", "'d", "'t", "'m", "'", "’s", "don't", "I'LL've", " ", "  ", "   ", "\t", "\n", "\r\n", "\r", " \n", "\n ", "\u00a0", "\u3000", "\u2028", "\u0085",
        "1", "12", "123", "1234", "٣", "२", "Ⅷ", "²", "½", "a", "A", "é", "É", "ß", "ǅ", "ʰ", "中", "的", "日本語", "한국", "ไทย", "हिन्दी", "русский", "عربي", "עִבְרִית", "e\u0301", "\u0301", "\u200d", "\ufe0f",
        "/", "//", "/*", "==", "!=", "...", "…", "—", "\"", "(", ")", "{", "}", "[0]", "_", "-", "$", "€", "<|endoftext|>", "<|", "|>", "\0", "\u007f", "\ufffd", "\ufeff",
        "hello", "Hello", "HELLO", "helloWorld", "HTTPServer", "antidisestablishmentarianism", "xqzjk", "the", " the", "ing", "http://x.y/z?a=b&c", "    return", "\n\n\n", "aaaaaaaa", "========", "\\u0041",
    ];

    private static readonly string[] Above = ["𠮷", "😀", "👍🏽", "👨‍👩‍👧", "𝟚", "𝐀", "𐐀", "🇩🇪", "𒀀", "\U000E0101"];

    /// <summary>One of them: up to 24 parts; with or without code points above U+FFFF.</summary>
    public static string Next(Random random, bool above)
    {
        StringBuilder text = new();
        for (int i = random.Next(1, 25); i > 0; i--)
        {
            text.Append(above && random.Next(8) == 0 ? Above[random.Next(Above.Length)] : Parts[random.Next(Parts.Length)]);
        }
        return text.ToString();
    }
}
