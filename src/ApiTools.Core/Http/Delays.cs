namespace ApiTools.Http;

/// <summary>Waits by a clock, on either framework.</summary>
internal static class Delays
{
#if NET8_0_OR_GREATER
    public static Task WaitAsync(this TimeProvider time, TimeSpan wait, CancellationToken cancellationToken) => Task.Delay(wait, time, cancellationToken);
#else
    public static Task WaitAsync(this TimeProvider time, TimeSpan wait, CancellationToken cancellationToken) => time.Delay(wait, cancellationToken);
#endif
}
