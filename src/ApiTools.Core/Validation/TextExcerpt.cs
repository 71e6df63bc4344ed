using System.Text;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>
/// The line that something stands in, and under it a <c>^</c> at the place, as compilers show it. As well as a terminal allows: wide characters
/// take two columns, combining ones none, tabs stay tabs in both lines; control sequences are made visible.
/// </summary>
internal static class TextExcerpt
{
    // How many columns of the line are shown before the place, and how many from there on: with what else an error has in the line, 80 at most.
    private const int Before = 44;
    private const int After = 26;

    // A character is at most four bytes, and what it combines with are a few more.
    private const int BytesLookedAt = 400;
    private const int TabWidth = 8;
    private const string LeftOut = "...";

    /// <summary>The two lines.</summary>
    /// <param name="text">The text, UTF-8, well-formed or not.</param>
    /// <param name="offset">The place, in bytes; the text's length for its end.</param>
    public static string Create(ReadOnlySpan<byte> text, int offset)
    {
        int start = Start(text, offset);
        bool isCut = start > 0 && text[start - 1] is not ((byte)'\n' or (byte)'\r');
        StringBuilder line = new(2 * (Before + After));
        StringBuilder pointer = new(Before + After);
        line.Append(isCut ? LeftOut : string.Empty);
        pointer.Append(' ', line.Length);
        while (start < offset)
        {
            (int codePoint, int length) = JsonScan.CodePoint(text, start);
            int width = Append(line, codePoint);
            pointer.Append(codePoint == '\t' ? '\t' : ' ', codePoint == '\t' ? 1 : width);
            start += length;
        }
        AppendRest(line, text, offset);
        return line.Append('\n').Append(pointer).Append('^').ToString();
    }

    // Back to the line's beginning, or as far as is shown.
    private static int Start(ReadOnlySpan<byte> text, int offset)
    {
        int least = Math.Max(0, offset - BytesLookedAt);
        int columns = 0;
        int start = offset;
        while (start > least && text[start - 1] is not ((byte)'\n' or (byte)'\r'))
        {
            int previous = start - 1;
            while (previous > least && start - previous < 4 && (text[previous] & 0xc0) == 0x80)
            {
                previous--;
            }
            // What is no character is shown byte for byte.
            (int codePoint, int length) = JsonScan.CodePoint(text, previous);
            previous = previous + length == start ? previous : start - 1;
            columns += previous + length == start ? Width(codePoint) : 1;
            if (columns > Before)
            {
                break;
            }
            start = previous;
        }
        return start;
    }

    private static void AppendRest(StringBuilder line, ReadOnlySpan<byte> text, int offset)
    {
        int end = Math.Min(text.Length, offset + BytesLookedAt);
        int columns = 0;
        while (offset < end && text[offset] is not ((byte)'\n' or (byte)'\r'))
        {
            (int codePoint, int length) = JsonScan.CodePoint(text, offset);
            columns += Width(codePoint);
            if (columns > After)
            {
                break;
            }
            Append(line, codePoint);
            offset += length;
        }
        bool isCut = offset < text.Length && text[offset] is not ((byte)'\n' or (byte)'\r');
        line.Append(isCut ? LeftOut : string.Empty);
    }

    private static int Width(int codePoint) => codePoint is >= ' ' and < 0x7f ? 1 : codePoint == '\t' ? TabWidth : Shown(codePoint).Width;

    private static int Append(StringBuilder line, int codePoint)
    {
        if (codePoint is '\t' or (>= ' ' and < 0x7f))
        {
            line.Append((char)codePoint);
            return 1;
        }
        (string shown, int width) = Shown(codePoint);
        line.Append(shown);
        return width;
    }

    private static (string Text, int Width) Shown(int codePoint)
    {
        string character = char.ConvertFromUtf32(codePoint);
        string visible = VisibleText.Block(character);
        return visible == character ? (character, CharacterWidth.Of(codePoint)) : (visible, visible.Length);
    }
}
