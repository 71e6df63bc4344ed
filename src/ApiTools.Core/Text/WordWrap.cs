using System.Text;

namespace ApiTools.Text;

/// <summary>Breaks lines between words, as a terminal does not.</summary>
internal static class WordWrap
{
    /// <summary>The text with no line longer than a width, where blanks allow it; a word that is longer stays whole.</summary>
    /// <param name="text">Lines that end in a line feed.</param>
    /// <param name="width">In UTF-16 units; zero or less leaves the text as it is.</param>
    public static string Lines(string text, int width)
    {
        if (width <= 0 || text.Length < width)
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
        while (line.Length - start >= width)
        {
            int blank = line.LastIndexOf(' ', start + width - 1, width - 1);
            if (blank <= start)
            {
                blank = line.IndexOf(' ', start + width - 1);
            }
            if (blank < 0)
            {
                break;
            }
            target.Append(line, start, blank - start).Append('\n');
            start = blank + 1;
        }
        target.Append(line, start, line.Length - start);
    }
}
