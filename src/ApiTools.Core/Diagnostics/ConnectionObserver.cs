using ApiTools.Http;

namespace ApiTools.Diagnostics;

/// <summary>What is told of a connection's requests: the counts of this session, and the connection's log where it has one.</summary>
internal sealed class ConnectionObserver(RequestLog? log) : IRequestObserver
{
    /// <summary>The size at which a log is rotated where nobody says another, in bytes: 10 MB, some 20,000 requests.</summary>
    public const long DefaultMaximumSize = 10 * 1024 * 1024;

    public LogWriter? Writer => log?.Writer;

    /// <summary>The options with their observer.</summary>
    /// <param name="options">What a connection is to be made from; its path is full.</param>
    /// <param name="logBody">Whether bodies are logged.</param>
    /// <param name="maximumSize">The size at which the log is rotated, in bytes.</param>
    public static ApiConnectionOptions Attach(ApiConnectionOptions options, bool logBody = false, long maximumSize = DefaultMaximumSize) => options with
    {
        Observer = new ConnectionObserver(options.LogPath is string path ? new RequestLog(LogWriters.Get(path, maximumSize, options.Time), logBody) : null),
    };

    /// <summary>The writer of a connection's log; null where it has none.</summary>
    public static LogWriter? WriterOf(ApiConnection connection) => (connection.Observer as ConnectionObserver)?.Writer;

    public ValueTask EndedAsync(RequestRecord record)
    {
        UsageTable.Session.Add(UsageEvent.Of(record));
        return log is null ? default : log.EndedAsync(record);
    }
}
