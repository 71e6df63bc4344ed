namespace ApiTools.Validation;

/// <summary>Tells base64 (RFC 4648 section 4) without decoding it.</summary>
internal static class Base64Text
{
    /// <summary>Whether the text is base64 with its padding; line ends and blanks may stand in it.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text) =>
#if NET8_0_OR_GREATER
        System.Buffers.Text.Base64.IsValid(text);
#else
        IsValidPortable(text);
#endif

    /// <summary>The plain twin.</summary>
    public static bool IsValidPortable(ReadOnlySpan<byte> text)
    {
        int count = 0;
        int padding = 0;
        foreach (byte b in text)
        {
            if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }
            count++;
            if (b == '=')
            {
                padding++;
                continue;
            }
            bool fits = (b | 0x20) is >= 'a' and <= 'z' || b is (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'/';
            if (!fits || padding > 0)
            {
                return false;
            }
        }
        return count % 4 == 0 && padding <= 2;
    }
}
