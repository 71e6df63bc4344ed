using ApiTools.Files;
using ApiTools.Validation;

namespace ApiTools.Sessions;

/// <summary>Keeps sessions in files.</summary>
internal static class SessionFile
{
    /// <summary>Reads a session.</summary>
    /// <exception cref="ApiFileException">file_not_found, file_unreadable, session_damaged, not_a_session.</exception>
    public static async Task<ApiChatSession> ReadAsync(string path, string name, CancellationToken cancellationToken) =>
        new(SessionReader.Read(await InputFile.ReadAsync(path, cancellationToken).ConfigureAwait(false), name));

    /// <summary>Writes a session, as a whole or not at all.</summary>
    /// <param name="session">The session.</param>
    /// <param name="path">The file's full path.</param>
    /// <param name="existing">What to do about a file that is there.</param>
    /// <param name="cancellationToken">Cancels it; a file that is there stays as it is.</param>
    /// <exception cref="ApiFileException">file_exists, or file_unwritable: a file that is there stays as it is.</exception>
    public static Task WriteAsync(ApiChatSession session, string path, ExistingFile existing, CancellationToken cancellationToken) =>
        WholeFile.WriteAsync(path, SessionText.Write(session.History), existing, "it is read-only; -Force replaces it all the same.", cancellationToken);
}
