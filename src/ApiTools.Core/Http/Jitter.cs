namespace ApiTools.Http;

/// <summary>Numbers from 0 to 1 that spread retries in time. From any thread; the same seed gives the same numbers in the same order.</summary>
internal sealed class Jitter
{
    private readonly Random _random;

    /// <summary>A source whose numbers can be repeated.</summary>
    public Jitter(int seed) => _random = new Random(seed);

    private Jitter() => _random = new Random();

    /// <summary>The process's own.</summary>
    public static Jitter Shared { get; } = new();

    /// <summary>The next number: 0 or more, less than 1.</summary>
    public double Next()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }
}
