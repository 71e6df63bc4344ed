namespace ApiTools.Core.Tests.Tokens;

/// <summary>Texts of what pre-tokenizers get wrong.</summary>
internal static class NastyText
{
    private const int MaxParts = 24;

    // Each class, ASCII and not, in sequences of two, three and four bytes; the letters of the contractions; what the patterns name.
    public static readonly string[] Alphabet =
    [
        "a", "b", "z", "A", "Z", "s", "S", "t", "re", "VE", "ll", "'", "'", "'s", "'LL", "ſ", "'ſ", "K", "é", "É", "ǅ", "ʰ", "ª", "ก", "า", "中", "文", "か", "한",
        "𠮷", "𝐀", "𝐚", "\u0301", "\u20DD", "\U000E0100", "\U0001E130", "0", "1", "9", "٣", "²", "Ⅷ", "𝟚", "〇",
        " ", " ", "  ", "\t", "\r", "\n", "\r\n", "\u000B", "\u0085", "\u00A0", "\u2003", "\u2028", "\u3000", "\u200B", "\uFEFF",
        "!", ".", "/", "//", "-", "_", "<|", "—", "。", "😀", "👩\u200D👩", "\uFFFD", "\0", "\u007F", "\U0010FFFF", "\uE000", "word", " word", "Word", "WORD", "    ",
    ];

    /// <summary>A few of the alphabet; now and then any code unit at all, which half a surrogate pair is too.</summary>
    public static string Next(Random random)
    {
        string[] parts = new string[random.Next(1, MaxParts)];
        for (int i = 0; i < parts.Length; i++)
        {
            int choice = random.Next(20);
            parts[i] = choice switch
            {
                0 => ((char)random.Next(0x10000)).ToString(),
                1 => char.ConvertFromUtf32(random.Next(0x10000, 0x110000)),
                2 => string.Concat(Enumerable.Repeat(Alphabet[random.Next(Alphabet.Length)], random.Next(2, 70))),
                _ => Alphabet[random.Next(Alphabet.Length)],
            };
        }
        return string.Concat(parts);
    }
}
