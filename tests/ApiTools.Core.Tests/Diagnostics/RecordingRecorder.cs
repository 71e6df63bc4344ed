using ApiTools.Http;

namespace ApiTools.Core.Tests.Diagnostics;

internal sealed class RecordingRecorder : IRequestObserver
{
    public List<RequestRecord> Records { get; } = [];

    public ValueTask EndedAsync(RequestRecord record)
    {
        lock (Records)
        {
            Records.Add(record);
        }
        return default;
    }
}
