using System.Text;

namespace ApiTools.Text;

/// <summary>Breaks lines between words, as a terminal does not.</summary>
internal static class WordWrap
{
    private const int TabStop = 8;

    /// <summary>The text with no line as wide as a width, where blanks allow it; a word that is wider stays whole.</summary>
    /// <param name="text">Lines that end in a line feed.</param>
    /// <param name="width">In columns of a terminal, of which a wide character takes two; zero or less leaves the text as it is.</param>
    public static string Lines(string text, int width)
    {
        // No character takes more than two columns, but for the tab.
        if (width <= 0 || (text.Length < width / 2 && text.IndexOf('\t') < 0))
        {
            return text;
        }
        StringBuilder wrapped = new(text.Length + 16);
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (i > 0)
            {
                wrapped.Append('\n');
            }
            AppendLine(wrapped, lines[i], width);
        }
        return wrapped.ToString();
    }

    private static void AppendLine(StringBuilder target, string line, int width)
    {
        int start = 0;
        while (FindBreak(line, start, width) is int blank and >= 0)
        {
            target.Append(line, start, blank - start).Append('\n');
            start = blank + 1;
        }
        target.Append(line, start, line.Length - start);
    }

    // The blank at which the line has to be broken; -1 where it need not be, or has none left.
    private static int FindBreak(string line, int start, int width)
    {
        int blank = -1;
        int column = 0;
        for (int i = start; i < line.Length; i++)
        {
            if (line[i] == ' ' && i > start)
            {
                blank = i;
            }
            column += Columns(line, ref i, column);
            if (column >= width && blank >= 0)
            {
                return blank;
            }
        }
        return -1;
    }

    private static int Columns(string line, ref int i, int column)
    {
        char c = line[i];
        if (c == '\t')
        {
            return TabStop - (column % TabStop);
        }
        if (char.IsSurrogatePair(line, i))
        {
            return CharacterWidth.Of(char.ConvertToUtf32(c, line[++i]));
        }
        return char.IsSurrogate(c) ? 1 : CharacterWidth.Of(c);
    }
}
