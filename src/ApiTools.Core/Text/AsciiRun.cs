namespace ApiTools.Text;

/// <summary>How far a text is plain ASCII.</summary>
internal static class AsciiRun
{
    /// <summary>How many bytes there are before the first that is not ASCII.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
#if NET8_0_OR_GREATER
        int length = text.IndexOfAnyExceptInRange((byte)0, (byte)0x7f);
        return length < 0 ? text.Length : length;
#else
        return LengthPortable(text);
#endif
    }

    /// <summary>The plain twin.</summary>
    public static int LengthPortable(ReadOnlySpan<byte> text)
    {
        int i = 0;
        while (i < text.Length && text[i] < 0x80)
        {
            i++;
        }
        return i;
    }
}
