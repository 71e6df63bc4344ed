namespace ApiTools.Batch;

/// <summary>A line that waits to be written.</summary>
internal sealed class JournalWrite(byte[] line)
{
    // Whoever awaits it goes on elsewhere: the writer has other lines to write.
    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The line, with its line feed.</summary>
    public byte[] Line { get; } = line;

    /// <summary>Ends when the line is on the disk.</summary>
    public Task Done => _done.Task;

    public void Succeed() => _done.TrySetResult(true);

    public void Fail(ApiException failure) => _done.TrySetException(failure);
}
