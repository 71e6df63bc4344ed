namespace ApiTools.Http;

/// <summary>
/// How many attempts a service takes at once, as found out by trying: additive increase, multiplicative decrease (RFC 5681, 3.1, with a place
/// for a segment and a success for an acknowledgement). A value: each event gives the next one.
/// </summary>
internal readonly record struct AimdLevel
{
    private readonly double _value;
    private readonly bool _wasCongested;

    private AimdLevel(double value, bool wasCongested)
    {
        _value = value;
        _wasCongested = wasCongested;
    }

    /// <summary>Where a connection begins: eight places, the step from one to the next per success.</summary>
    public static AimdLevel Start { get; } = new(8, wasCongested: false);

    /// <summary>The places: 1 or more.</summary>
    public int Places => (int)_value;

    /// <summary>
    /// After a success: one place more until the first congestion, then one more for each round of successes. Only a level that is used
    /// grows (RFC 7661 says why): successes of few at once say nothing of many. So callers' own ceilings bound it.
    /// </summary>
    /// <param name="inFlight">How many were under way at once, this one included.</param>
    public AimdLevel Succeeded(int inFlight) =>
        inFlight < Places || Places == int.MaxValue ? this : new(_value + (_wasCongested ? 1 / _value : 1), _wasCongested);

    /// <summary>After a congestion: half of what was under way, which may be less than the level. Never below one.</summary>
    /// <param name="inFlight">How many were under way at once, the one that failed included.</param>
    public AimdLevel Congested(int inFlight) => new(Math.Max(1, Math.Min(Places, inFlight) / 2), wasCongested: true);
}
