using System.Globalization;
using System.Text;
using ApiTools.Text;
using ApiTools.Tokens;

namespace ApiTools.Measuring;

/// <summary>Shows tokens to a person: where one ends and the next begins, control characters as symbols, parts of characters as their bytes.</summary>
internal static class TokenView
{
    // Stands in no keyboard's text, and in the code pages of old consoles.
    private const char Mark = '\u2502';

    // What a person reads at a glance; the tokens themselves follow, one a line.
    private const int MaximumLength = 2_000;

    private const string Reset = "\u001b[0m";
    private const string Even = "\u001b[48;5;24m\u001b[38;5;15m";
    private const string Odd = "\u001b[48;5;236m\u001b[38;5;15m";

    /// <summary>The text of all tokens with a mark between each two.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="coloured">Whether they are coloured in turns.</param>
    /// <param name="width">How wide a line may be; 0 for one line. A line is broken between tokens, so that no colour runs over its end.</param>
    public static string Lines(IEnumerable<ApiToken> tokens, bool coloured, int width)
    {
        StringBuilder lines = new();
        int length = 0;
        int column = 0;
        foreach (ApiToken token in tokens)
        {
            string shown = Token(token);
            bool isFirst = lines.Length == 0;
            lines.Append(isFirst ? string.Empty : Mark.ToString());
            if ((length += shown.Length) > MaximumLength)
            {
                return lines.Append('\u2026').ToString();
            }
            column += shown.Length + 1;
            if (width > 0 && column >= width && !isFirst)
            {
                lines.Append('\n');
                column = shown.Length + 1;
            }
            lines.Append(coloured ? (token.Index % 2 == 0 ? Even : Odd) + shown + Reset : shown);
        }
        return lines.ToString();
    }

    /// <summary>One token's text in a column, where a blank would not be seen at its end.</summary>
    public static string Column(ApiToken token) => Token(token).Replace(' ', '\u2423');

    // A line's end is \n, half a character its bytes.
    private static string Token(ApiToken token)
    {
        StringBuilder shown = new();
        ReadOnlySpan<byte> bytes = token.Bytes;
        bool isPart = false;
        while (!bytes.IsEmpty)
        {
            int length = CharacterLength(bytes);
            if (length == 0)
            {
                shown.Append(isPart ? string.Empty : "<").Append(bytes[0].ToString("X2", CultureInfo.InvariantCulture));
                bytes = bytes.Slice(1);
                isPart = true;
                continue;
            }
            shown.Append(isPart ? ">" : string.Empty);
            isPart = false;
            Append(shown, Utf8Text.Read(bytes.Slice(0, length)));
            bytes = bytes.Slice(length);
        }
        return shown.Append(isPart ? ">" : string.Empty).ToString();
    }

    private static void Append(StringBuilder shown, string character) => shown.Append(character switch
    {
        "\n" => "\\n",
        "\r" => "\\r",
        "\t" => "\\t",
        _ => VisibleText.Block(character),
    });

    // How long the character at the beginning is; 0 where it is not whole. Tokens of valid text have no other bytes than that text.
    private static int CharacterLength(ReadOnlySpan<byte> utf8)
    {
        int length = utf8[0] switch { < 0x80 => 1, < 0xc0 => 0, < 0xe0 => 2, < 0xf0 => 3, _ => 4 };
        if (length > utf8.Length)
        {
            return 0;
        }
        for (int i = 1; i < length; i++)
        {
            if (!Utf8Sequence.IsContinuation(utf8[i]))
            {
                return 0;
            }
        }
        return length;
    }
}
