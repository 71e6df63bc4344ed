using ApiTools.Http;

namespace ApiTools.Diagnostics;

/// <summary>What waits to be written to a log: a request, or somebody who waits until all before it is written.</summary>
internal readonly record struct LogItem(RequestRecord? Record, bool WithBodies, TaskCompletionSource<bool>? Flushed)
{
    /// <summary>How many bytes of bodies it keeps in memory, about.</summary>
    public long BodyBytes => WithBodies ? Record!.Body?.Length ?? 0 : 0;
}
