using System.Globalization;
using System.Text;

namespace ApiTools.Text;

/// <summary>
/// Makes control sequences visible instead of letting a terminal execute them. What a service or a model sends is untrusted:
/// views, errors and live text pass through here; the properties of objects keep the exact text.
/// </summary>
internal static class VisibleText
{
    /// <summary>One line: line ends, tabs and blanks become one blank, every other control character is shown as a symbol.</summary>
    /// <param name="text">Any text, well-formed or not.</param>
    /// <param name="maximumLength">The most UTF-16 units to return; what is longer ends in an ellipsis.</param>
    public static string Line(string? text, int maximumLength = 1000)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }
        StringBuilder line = new(Math.Min(text!.Length, maximumLength) + 1);
        bool blank = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is ' ' or '\n' or '\r' or '\t')
            {
                blank = line.Length > 0;
                continue;
            }
            if (blank)
            {
                line.Append(' ');
                blank = false;
            }
            if (line.Length > maximumLength)
            {
                break;
            }
            AppendVisible(line, c);
        }
        return BoundedText.Cut(line.ToString(), maximumLength);
    }

    /// <summary>Several lines: line feeds and tabs stay, every other control character is shown as a symbol.</summary>
    public static string Block(string? text)
    {
        if (string.IsNullOrEmpty(text) || !HasControl(text!))
        {
            return text ?? string.Empty;
        }
        StringBuilder block = new(text!.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool lineEnd = c == '\n' || (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n');
            if (lineEnd || c == '\t')
            {
                block.Append(c);
            }
            else
            {
                AppendVisible(block, c);
            }
        }
        return block.ToString();
    }

    private static bool HasControl(string text)
    {
        foreach (char c in text)
        {
            if (IsUnsafe(c) && c is not ('\n' or '\t'))
            {
                return true;
            }
        }
        return false;
    }

    // C0, DEL and C1 drive terminals; the bidirectional controls reorder what a person reads (CVE-2021-42574);
    // U+2028 and U+2029 break a line where none should break.
    private static bool IsUnsafe(char c) =>
        c < ' ' || c is >= '\u007f' and <= '\u009f' or >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069'
            or '\u2028' or '\u2029' or '\u200e' or '\u200f' or '\u061c';

    private static void AppendVisible(StringBuilder target, char c)
    {
        if (!IsUnsafe(c))
        {
            target.Append(c);
        }
        else if (c < ' ')
        {
            // Unicode's control pictures: U+241B shows ESC.
            target.Append((char)('\u2400' + c));
        }
        else if (c == '\u007f')
        {
            target.Append('\u2421');
        }
        else
        {
            target.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }
    }
}
