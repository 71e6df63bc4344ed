namespace ApiTools.Text;

/// <summary>Finds what UTF-16 text may hold and no other encoding can: half of a surrogate pair.</summary>
internal static class SurrogatePairs
{
    /// <summary>The index of the first half without its other; -1 where there is none.</summary>
    public static int IndexOfHalf(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return i;
            }
            i++;
        }
        return -1;
    }

    /// <summary>The text, with U+FFFD for each half where it has one: what every encoding can hold.</summary>
    public static string Mend(string text)
    {
        if (IndexOfHalf(text) < 0)
        {
            return text;
        }
        char[] whole = text.ToCharArray();
        for (int i = 0; i < whole.Length; i++)
        {
            if (!char.IsSurrogate(whole[i]))
            {
                continue;
            }
            if (i + 1 < whole.Length && char.IsSurrogatePair(whole[i], whole[i + 1]))
            {
                i++;
            }
            else
            {
                whole[i] = '\ufffd';
            }
        }
        return new string(whole);
    }
}
