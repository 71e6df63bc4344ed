using System.Text;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>
/// The line that something stands in, and under it a <c>^</c> at the place, as compilers show it. As well as a terminal allows: wide characters
/// take two columns, combining ones none, tabs stay tabs in both lines; control sequences are made visible.
/// </summary>
internal static class TextExcerpt
{
    /// <summary>How many columns of the line are shown before the place, and how many from there on.</summary>
    private const int Before = 60;
    private const int After = 40;

    // A character is at most four bytes, and what it combines with are a few more.
    private const int BytesLookedAt = 400;
    private const string LeftOut = "...";

    /// <summary>The two lines.</summary>
    /// <param name="text">The text, UTF-8, well-formed or not.</param>
    /// <param name="offset">The place, in bytes; the text's length for its end.</param>
    public static string Create(ReadOnlySpan<byte> text, int offset)
    {
        ReadOnlySpan<byte> before = text.Slice(0, offset);
        int lineStart = Math.Max(before.LastIndexOfAny((byte)'\n', (byte)'\r') + 1, 0);
        bool atEnd = offset >= text.Length || text[offset] is (byte)'\n' or (byte)'\r';
        int lineEnd = atEnd ? offset : JsonScan.EndOfLine(text.Slice(0, Math.Min(text.Length, offset + BytesLookedAt)), offset);
        List<Cell> left = Cells(text, Math.Max(lineStart, offset - BytesLookedAt), offset);
        bool isCutLeft = offset - lineStart > BytesLookedAt;
        int first = left.Count;
        for (int columns = 0; first > 0 && columns + left[first - 1].Width <= Before; first--)
        {
            columns += left[first - 1].Width;
        }
        isCutLeft |= first > 0;
        StringBuilder line = new(isCutLeft ? LeftOut : string.Empty);
        StringBuilder pointer = new(isCutLeft ? new string(' ', LeftOut.Length) : string.Empty);
        foreach (Cell cell in left.Skip(first))
        {
            line.Append(cell.Text);
            pointer.Append(cell.Text == "\t" ? "\t" : new string(' ', cell.Width));
        }
        AppendRight(line, Cells(text, offset, lineEnd), lineEnd < text.Length && text[lineEnd] is not ((byte)'\n' or (byte)'\r'));
        return $"{line}\n{pointer}^";
    }

    private static void AppendRight(StringBuilder line, List<Cell> right, bool isCut)
    {
        int columns = 0;
        foreach (Cell cell in right)
        {
            columns += cell.Width;
            if (columns > After)
            {
                isCut = true;
                break;
            }
            line.Append(cell.Text);
        }
        line.Append(isCut ? LeftOut : string.Empty);
    }

    // A start in the middle of a character shows as one U+FFFD for each of its bytes that are left, far from the place.
    private static List<Cell> Cells(ReadOnlySpan<byte> text, int start, int end)
    {
        List<Cell> cells = [];
        for (int i = start; i < end;)
        {
            (int codePoint, int length) = JsonScan.CodePoint(text, i);
            cells.Add(codePoint == '\t' ? new Cell("\t", 4) : Show(codePoint));
            i += length;
        }
        return cells;
    }

    private static Cell Show(int codePoint)
    {
        string character = char.ConvertFromUtf32(codePoint);
        string visible = VisibleText.Block(character);
        return visible == character ? new Cell(character, CharacterWidth.Of(codePoint)) : new Cell(visible, visible.Length);
    }

    /// <summary>A character as it is shown.</summary>
    private readonly record struct Cell(string Text, int Width);
}
