namespace ApiTools.Text;

/// <summary>Cuts text to a length without splitting a character.</summary>
internal static class BoundedText
{
    /// <summary>The text itself, or its beginning with an ellipsis, at most <paramref name="maximumLength"/> UTF-16 units (1 or more).</summary>
    public static string Cut(string text, int maximumLength)
    {
        if (text.Length <= maximumLength)
        {
            return text;
        }
        int end = maximumLength - 1;
        if (end > 0 && char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }
        return text.Substring(0, end) + "…";
    }
}
