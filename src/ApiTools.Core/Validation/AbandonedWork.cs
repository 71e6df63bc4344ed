namespace ApiTools.Validation;

/// <summary>Waits for work that knows of no cancelling, such as the opening of a pipe: who cancels goes on at once, and leaves the work to itself.</summary>
internal static class AbandonedWork
{
    /// <summary>The work's result.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled before the work was done.</exception>
    public static async Task<T> WaitAsync<T>(Task<T> work, CancellationToken cancellationToken)
    {
        if (work.IsCompleted || !cancellationToken.CanBeCanceled)
        {
            return await work.ConfigureAwait(false);
        }
        TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult(true));
        if (await Task.WhenAny(work, cancelled.Task).ConfigureAwait(false) != work)
        {
            _ = ObserveAsync(work);
            throw new OperationCanceledException(cancellationToken);
        }
        return await work.ConfigureAwait(false);
    }

    private static async Task ObserveAsync(Task work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OperationCanceledException or ObjectDisposedException or ApiException)
        {
            // Nobody waits for it any more.
        }
    }
}
