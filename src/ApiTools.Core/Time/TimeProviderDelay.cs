namespace ApiTools.Time;

/// <summary>Waits on a TimeProvider: in the box since .NET 8, an extension of Microsoft.Bcl.TimeProvider before.</summary>
internal static class TimeProviderDelay
{
    public static Task WaitAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) =>
        delay <= TimeSpan.Zero ? Task.CompletedTask
#if NET8_0_OR_GREATER
            : Task.Delay(delay, time, cancellationToken);
#else
            : time.Delay(delay, cancellationToken);
#endif
}
