using System.Text;
using ApiTools.Errors;
using ApiTools.Tokens;
using ApiTools.Validation;

namespace ApiTools.Measuring;

/// <summary>Reads text of files and bytes: UTF-8, or UTF-16 with a byte order mark. What is no text is a typed error.</summary>
internal static class TextFile
{
    private const string ShowHelp = "Get-Help about_ApiTools_Tokens";

    /// <summary>Hands a file's text on, piece by piece, as UTF-8.</summary>
    /// <exception cref="ApiException">file_not_found or file_unreadable.</exception>
    public static async Task ReadAsync(string path, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        using FileStream file = await InputFile.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        try
        {
            await ReadAsync(file, take, cancellationToken).ConfigureAwait(false);
        }
        catch (DecoderFallbackException exception)
        {
            throw ApiErrors.FileUnreadable(path, "it is neither UTF-8 nor UTF-16 with a byte order mark.", exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw ApiErrors.FileUnreadable(path, exception.Message, exception);
        }
    }

    /// <summary>Hands the text of bytes on, piece by piece, as UTF-8.</summary>
    /// <exception cref="ApiException">invalid_value: they are no text.</exception>
    public static async Task ReadAsync(byte[] bytes, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(new MemoryStream(bytes, writable: false), take, cancellationToken).ConfigureAwait(false);
        }
        catch (DecoderFallbackException)
        {
            throw ApiErrors.InvalidValue("InputObject", "These bytes are no text: they are neither UTF-8 nor UTF-16 with a byte order mark.", ShowHelp);
        }
        catch (InvalidDataException)
        {
            throw ApiErrors.InvalidValue("InputObject", "These bytes are no text: there is a NUL character in them.", ShowHelp);
        }
    }

    /// <summary>A file's whole text, UTF-8.</summary>
    /// <exception cref="ApiException">file_not_found or file_unreadable.</exception>
    public static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using MemoryStream text = new();
        await ReadAsync(path, piece => text.Write(piece.ToArray(), 0, piece.Length), cancellationToken).ConfigureAwait(false);
        return text.ToArray();
    }

    /// <summary>The whole text of bytes, UTF-8.</summary>
    /// <exception cref="ApiException">invalid_value: they are no text.</exception>
    public static async Task<byte[]> DecodeAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        using MemoryStream text = new();
        await ReadAsync(bytes, piece => text.Write(piece.ToArray(), 0, piece.Length), cancellationToken).ConfigureAwait(false);
        return text.ToArray();
    }

    private static async Task ReadAsync(Stream stream, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        using TextStream text = new(stream);
        while (await text.ReadAsync(cancellationToken).ConfigureAwait(false) is { IsEmpty: false } piece)
        {
            cancellationToken.ThrowIfCancellationRequested();
            take(piece);
        }
    }
}
