namespace ApiTools.Attachments;

/// <summary>Tells what a file is by its first bytes, and not by its name.</summary>
internal static class FileSignature
{
    // What models take as images, and what their files begin with (the formats' own specifications).
    private static readonly (byte[] Start, string Type)[] Images =
    [
        ([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a], "image/png"),
        ([0xff, 0xd8, 0xff], "image/jpeg"),
        ([.. "GIF87a"u8], "image/gif"),
        ([.. "GIF89a"u8], "image/gif"),
    ];

    // What people try, and services do not take in a chat.
    private static readonly (int At, byte[] Start, string Words)[] Others =
    [
        (0, [.. "BM"u8], "a BMP image"),
        (0, [(byte)'I', (byte)'I', 0x2a, 0], "a TIFF image"),
        (0, [(byte)'M', (byte)'M', 0, 0x2a], "a TIFF image"),
        (4, [.. "ftypheic"u8], "a HEIC image"),
        (4, [.. "ftypmif1"u8], "a HEIF image"),
        (4, [.. "ftypavif"u8], "an AVIF image"),
        (4, [.. "ftyp"u8], "a video, or sound, in MP4"),
        (0, [0, 0, 1, 0], "an icon"),
        (0, [(byte)'P', (byte)'K', 3, 4], "a ZIP archive, as Office's documents are too"),
        (0, [0xd0, 0xcf, 0x11, 0xe0], "an old Office document"),
        (0, [0x1f, 0x8b], "a gzip archive"),
        (0, [.. "Rar!"u8], "a RAR archive"),
        (0, [.. "7z"u8, 0xbc, 0xaf], "a 7z archive"),
        (0, [.. "ID3"u8], "sound in MP3"),
        (0, [.. "OggS"u8], "sound in Ogg"),
        (0, [.. "fLaC"u8], "sound in FLAC"),
        (8, [.. "WAVE"u8], "sound in WAV"),
        (0, [0x1a, 0x45, 0xdf, 0xa3], "a video in Matroska or WebM"),
        (0, [0x7f, (byte)'E', (byte)'L', (byte)'F'], "a program"),
        (0, [(byte)'M', (byte)'Z', 0x90], "a program"),
    ];

    /// <summary>The media type of an image that models take; null for what is none.</summary>
    public static string? ImageType(ReadOnlySpan<byte> content)
    {
        foreach ((byte[] start, string type) in Images)
        {
            if (content.StartsWith(start))
            {
                return type;
            }
        }
        return content.StartsWith("RIFF"u8) && content.Length >= 12 && content.Slice(8).StartsWith("WEBP"u8) ? "image/webp" : null;
    }

    /// <summary>Whether it is a PDF (ISO 32000, 7.5.2).</summary>
    public static bool IsPdf(ReadOnlySpan<byte> content) => content.StartsWith("%PDF-"u8);

    /// <summary>What it is, in words, where it is known to be none of what is sent; null otherwise.</summary>
    public static string? Describe(ReadOnlySpan<byte> content)
    {
        foreach ((int at, byte[] start, string words) in Others)
        {
            if (content.Length > at && content.Slice(at).StartsWith(start))
            {
                return words;
            }
        }
        return null;
    }
}
