namespace ApiTools.Simulator;

/// <summary>Lets in so many at once, and never has anybody wait. Safe from any thread.</summary>
internal sealed class ConcurrencyGate(int limit)
{
    private int _inside;

    /// <summary>The most at once.</summary>
    public int Limit => limit;

    /// <summary>False where it is full; after true, <see cref="Leave"/> is owed.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _inside) <= limit)
        {
            return true;
        }
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _inside);
}
