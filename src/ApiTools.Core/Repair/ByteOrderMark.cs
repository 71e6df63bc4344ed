namespace ApiTools.Repair;

/// <summary>The mark that says UTF-8 (U+FEFF), which editors put before a text.</summary>
internal static class ByteOrderMark
{
    /// <summary>How long it is, in bytes.</summary>
    public const int Length = 3;

    /// <summary>The mark.</summary>
    public static ReadOnlySpan<byte> Utf8 => [0xef, 0xbb, 0xbf];

    /// <summary>Whether a text begins with it.</summary>
    public static bool Begins(ReadOnlySpan<byte> text) => text.StartsWith(Utf8);
}
