using System.Buffers;
using System.Buffers.Text;

namespace ApiTools.Tokens;

/// <summary>An image that stands in the request itself: <c>data:image/png;base64,...</c> (RFC 2397).</summary>
internal static class DataUri
{
    // An image's size stands near its beginning; a photo has its camera's data and a preview before it.
    private const int LookedAt = 262_144;

    /// <summary>Whether it is such an address.</summary>
    public static bool IsOne(ReadOnlySpan<byte> address) => address.StartsWith("data:"u8);

    /// <summary>The image's size; null where it cannot be told.</summary>
    public static ImageSize? ReadSize(ReadOnlySpan<byte> address)
    {
        int comma = address.IndexOf((byte)',');
        if (comma < 0 || !address.Slice(0, comma).EndsWith(";base64"u8))
        {
            return null;
        }
        ReadOnlySpan<byte> coded = address.Slice(comma + 1);
        // Four letters are three bytes.
        coded = coded.Slice(0, Math.Min(coded.Length, LookedAt) / 4 * 4);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Base64.GetMaxDecodedFromUtf8Length(coded.Length) + 1);
        try
        {
            Base64.DecodeFromUtf8(coded, buffer, out _, out int written);
            return ImageHeader.Read(buffer.AsSpan(0, written));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
