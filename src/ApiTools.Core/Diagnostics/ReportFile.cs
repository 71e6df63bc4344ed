using System.Text;
using ApiTools.Errors;
using ApiTools.Files;
using ApiTools.Streams;

namespace ApiTools.Diagnostics;

/// <summary>Writes a report of a failure to a file.</summary>
internal static class ReportFile
{
    /// <summary>Writes the text, in UTF-8 without a mark, over what is there: as a whole or not at all, but for a device, which is written to.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="text">The report.</param>
    /// <param name="existing">What to do about a file that is there.</param>
    /// <param name="cancellationToken">Cancels it; a file that is there stays as it is.</param>
    /// <exception cref="ApiFileException">file_exists, or file_unwritable; what was there is as it was.</exception>
    public static Task WriteAsync(string path, string text, ExistingFile existing, CancellationToken cancellationToken)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        return WholeFile.IsDevice(path) && existing != ExistingFile.Keep
            ? WriteToDeviceAsync(path, content, cancellationToken)
            : WholeFile.WriteAsync(path, content, existing, "it is read-only; -Force replaces it all the same.", cancellationToken);
    }

    private static async Task WriteToDeviceAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            using FileStream device = new(path, FileMode.Create, FileAccess.Write, FileShare.None);
            await device.WriteAllAsync(content, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ApiErrors.FileNotWritten(path, exception.Message, exception);
        }
    }
}
