using ApiTools.Http;

namespace ApiTools.Diagnostics;

/// <summary>A connection's log.</summary>
/// <param name="writer">Writes it, for every connection of this process that has the same file.</param>
/// <param name="withBodies">Whether what is sent and what is answered are written too.</param>
internal sealed class RequestLog(LogWriter writer, bool withBodies) : IRequestObserver
{
    public LogWriter Writer => writer;

    public ValueTask EndedAsync(RequestRecord record) => writer.WriteAsync(record, withBodies);
}
