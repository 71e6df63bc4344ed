namespace ApiTools.Validation;

/// <summary>Whether bytes are UTF-8 (RFC 3629): <c>Utf8JsonReader</c> does not look into strings.</summary>
internal static class Utf8Check
{
    /// <summary>Whether all bytes are part of a well-formed character; vectorized where the framework has that, since .NET 8.</summary>
    public static bool IsValid(ReadOnlySpan<byte> bytes) =>
#if NET8_0_OR_GREATER
        System.Text.Unicode.Utf8.IsValid(bytes);
#else
        FindInvalid(bytes) < 0;
#endif

    /// <summary>The offset of the first byte that is not part of a well-formed character; -1 where all are.</summary>
    public static int FindInvalid(ReadOnlySpan<byte> bytes)
    {
        int i = 0;
        while (i < bytes.Length)
        {
            byte b = bytes[i];
            if (b < 0x80)
            {
                i++;
                continue;
            }
            // RFC 3629 section 4: what the second byte may be depends on the first (no overlong forms, no surrogates, nothing past U+10FFFF).
            (int length, byte low, byte high) = b switch
            {
                >= 0xc2 and <= 0xdf => (2, (byte)0x80, (byte)0xbf),
                0xe0 => (3, (byte)0xa0, (byte)0xbf),
                0xed => (3, (byte)0x80, (byte)0x9f),
                >= 0xe1 and <= 0xef => (3, (byte)0x80, (byte)0xbf),
                0xf0 => (4, (byte)0x90, (byte)0xbf),
                >= 0xf1 and <= 0xf3 => (4, (byte)0x80, (byte)0xbf),
                0xf4 => (4, (byte)0x80, (byte)0x8f),
                _ => (0, (byte)0, (byte)0),
            };
            if (length == 0 || i + length > bytes.Length || bytes[i + 1] < low || bytes[i + 1] > high)
            {
                return i;
            }
            for (int k = 2; k < length; k++)
            {
                if ((bytes[i + k] & 0xc0) != 0x80)
                {
                    return i;
                }
            }
            i += length;
        }
        return -1;
    }
}
