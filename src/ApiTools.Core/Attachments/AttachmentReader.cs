using System.Globalization;
using System.Text;
using ApiTools.Errors;
using ApiTools.Measuring;
using ApiTools.Tokens;
using ApiTools.Validation;

namespace ApiTools.Attachments;

/// <summary>Reads what is to go along with a prompt. What it is, its content says; what is no image, PDF or text is refused.</summary>
/// <param name="detail">How closely the model is to look at images; null for its default.</param>
internal sealed class AttachmentReader(string? detail)
{
    /// <summary>The most bytes of a request's attachments together: "Up to 50 MB total payload size per request" (OpenAI's guide to images and vision).</summary>
    public const int MaximumBytes = MediaRelations.MaximumBytes;

    private const int BufferBytes = 65_536;

    /// <summary>Reads a file. Its length is looked at first: what is too large is not read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="room">How many bytes are left of what a request takes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ApiException">file_not_found, file_unreadable; invalid_value: it is empty, too large, or none of what is sent.</exception>
    public async Task<ChatAttachment> ReadFileAsync(string path, string name, long room, CancellationToken cancellationToken)
    {
        using FileStream file = await InputFile.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        // A pipe's length is not known.
        long length = file.CanSeek ? file.Length : 0;
        CheckRoom(name, length, room);
        using MemoryStream content = new((int)length);
        byte[] buffer = new byte[BufferBytes];
        while (await InputFile.ReadPieceAsync(file, path, buffer, cancellationToken).ConfigureAwait(false) is int read and > 0)
        {
            CheckRoom(name, content.Length + read, room);
            content.Write(buffer, 0, read);
        }
        return await MakeAsync(content.GetBuffer(), (int)content.Length, name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes bytes.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="room">How many bytes are left of what a request takes.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ApiException">invalid_value: they are none, too many, or none of what is sent.</exception>
    public Task<ChatAttachment> ReadBytesAsync(byte[] content, long room, CancellationToken cancellationToken)
    {
        CheckRoom(null, content.Length, room);
        return MakeAsync(content, content.Length, null, cancellationToken);
    }

    /// <summary>Takes the bytes of a data URI (RFC 2397) in base64.</summary>
    /// <exception cref="ApiException">invalid_value: it is none, too long, or none of what is sent.</exception>
    public Task<ChatAttachment> ReadDataUriAsync(string uri, long room, CancellationToken cancellationToken)
    {
        int comma = uri.IndexOf(',');
        if (comma < 0 || !uri.Substring(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiErrors.AttachmentInvalid("The data URI has no base64 in it; it begins like data:image/png;base64,.");
        }
        CheckRoom(null, (uri.Length - comma) / 4L * 3, room);
        try
        {
            return ReadBytesAsync(Convert.FromBase64String(uri.Substring(comma + 1)), room, cancellationToken);
        }
        catch (FormatException)
        {
            throw ApiErrors.AttachmentInvalid("What the data URI has in it is no valid base64 (RFC 4648 section 4).");
        }
    }

    /// <summary>An image that the service fetches itself.</summary>
    /// <param name="address">Its address, http or https.</param>
    public ChatAttachment Address(string address) => new() { Name = address, Part = AttachmentParts.Image(address, detail) };

    private async Task<ChatAttachment> MakeAsync(byte[] buffer, int length, string? name, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> content = buffer.AsMemory(0, length);
        string shown = Shown(name);
        if (length == 0)
        {
            throw ApiErrors.AttachmentInvalid($"{shown} is empty.");
        }
        ChatAttachment made = new() { Name = name, Bytes = length, Part = [] };
        if (FileSignature.ImageType(content.Span) is string type)
        {
            ImageSize size = ImageHeader.Read(content.Span) ?? throw ApiErrors.AttachmentInvalid($"{shown} begins as {type} does, and is no whole image: it has no size.");
            return made with { MediaType = type, Size = size, Part = AttachmentParts.Image(type, content.Span, detail) };
        }
        if (FileSignature.IsPdf(content.Span))
        {
            return made with { MediaType = AttachmentParts.PdfType, Part = AttachmentParts.Pdf(name ?? "attachment.pdf", content.Span) };
        }
        if (FileSignature.Describe(content.Span) is string other)
        {
            throw Unsupported(shown, $"is {other}");
        }
        string text = await DecodeAsync(buffer, length, shown, cancellationToken).ConfigureAwait(false);
        return made with { MediaType = "text/plain", Part = AttachmentParts.Text(name, text) };
    }

    private static async Task<string> DecodeAsync(byte[] buffer, int length, string shown, CancellationToken cancellationToken)
    {
        try
        {
            byte[] content = buffer.Length == length ? buffer : buffer.AsSpan(0, length).ToArray();
            return Encoding.UTF8.GetString(await TextFile.DecodeAsync(content, cancellationToken).ConfigureAwait(false));
        }
        catch (ApiRequestException)
        {
            throw Unsupported(shown, "is neither UTF-8 nor UTF-16 with a byte order mark");
        }
    }

    private static void CheckRoom(string? name, long length, long room)
    {
        if (length > room)
        {
            string together = room < MaximumBytes ? " together with the others" : string.Empty;
            throw ApiErrors.AttachmentInvalid($"{Shown(name)} is too large: it is {Size(length)}, and a request takes {MaximumBytes >> 20} MB of attachments{together}.");
        }
    }

    private static ApiException Unsupported(string shown, string what) =>
        ApiErrors.AttachmentInvalid($"{shown} {what}. Images in PNG, JPEG, GIF and WebP, PDF, and text in UTF-8 or UTF-16 can be attached.");

    private static string Shown(string? name) => name is null ? "The attachment" : $"'{name}'";

    private static string Size(long bytes) => bytes < 1 << 20 ? FormattableString.Invariant($"{bytes:N0} bytes") : (bytes / (double)(1 << 20)).ToString("N1", CultureInfo.InvariantCulture) + " MB";
}
