using System.Buffers.Binary;

namespace ApiTools.Tokens;

/// <summary>Reads an image's size from its first bytes: PNG, JPEG, GIF and WebP, which are what the vision models take.</summary>
internal static class ImageHeader
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    private static ReadOnlySpan<byte> JpegStart => [0xff, 0xd8];

    /// <summary>The size; null where the bytes are no image of these kinds, or end too early.</summary>
    public static ImageSize? Read(ReadOnlySpan<byte> image) => image switch
    {
        _ when image.StartsWith(PngSignature) => Png(image),
        _ when image.StartsWith("GIF87a"u8) || image.StartsWith("GIF89a"u8) => Gif(image),
        _ when image.StartsWith("RIFF"u8) && image.Length >= 30 && image.Slice(8).StartsWith("WEBP"u8) => WebP(image.Slice(12)),
        _ when image.StartsWith(JpegStart) => Jpeg(image),
        _ => null,
    };

    // ISO/IEC 15948: the IHDR chunk comes first.
    private static ImageSize? Png(ReadOnlySpan<byte> image) => image.Length >= 24 && image.Slice(12).StartsWith("IHDR"u8)
        ? Size(BinaryPrimitives.ReadInt32BigEndian(image.Slice(16)), BinaryPrimitives.ReadInt32BigEndian(image.Slice(20)))
        : null;

    private static ImageSize? Gif(ReadOnlySpan<byte> image) => image.Length >= 10
        ? Size(BinaryPrimitives.ReadUInt16LittleEndian(image.Slice(6)), BinaryPrimitives.ReadUInt16LittleEndian(image.Slice(8)))
        : null;

    // RFC 9649: lossy (RFC 6386 section 9.1), lossless, or extended, each with the size in a place of its own.
    private static ImageSize? WebP(ReadOnlySpan<byte> chunk)
    {
        ReadOnlySpan<byte> data = chunk.Slice(8);
        if (chunk.StartsWith("VP8 "u8))
        {
            return Size(BinaryPrimitives.ReadUInt16LittleEndian(data.Slice(6)) & 0x3fff, BinaryPrimitives.ReadUInt16LittleEndian(data.Slice(8)) & 0x3fff);
        }
        if (chunk.StartsWith("VP8L"u8))
        {
            uint bits = BinaryPrimitives.ReadUInt32LittleEndian(data.Slice(1));
            return Size((int)(bits & 0x3fff) + 1, (int)((bits >> 14) & 0x3fff) + 1);
        }
        return chunk.StartsWith("VP8X"u8) ? Size(UInt24(data.Slice(4)) + 1, UInt24(data.Slice(7)) + 1) : null;
    }

    // ISO/IEC 10918-1 annex B: segments, each with a marker and a length, until the one that begins a frame.
    private static ImageSize? Jpeg(ReadOnlySpan<byte> image)
    {
        int at = 2;
        while (at + 9 <= image.Length && image[at] == 0xff)
        {
            byte marker = image[at + 1];
            if (marker == 0xff)
            {
                at++;
                continue;
            }
            // C4, C8 and CC are tables and extensions, and no frames.
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
            {
                return Size(BinaryPrimitives.ReadUInt16BigEndian(image.Slice(at + 7)), BinaryPrimitives.ReadUInt16BigEndian(image.Slice(at + 5)));
            }
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(image.Slice(at + 2));
        }
        return null;
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static ImageSize? Size(int width, int height) => width > 0 && height > 0 ? new ImageSize(width, height) : null;
}
