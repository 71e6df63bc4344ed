namespace ApiTools.Errors;

/// <summary>What stands in the places of a <see cref="SentencePattern"/>.</summary>
internal struct SentenceMatch
{
    private const int Numbers = (int)SentencePlace.Seconds + 1;

    private unsafe fixed long _numbers[Numbers];
    private int _isSet;

    public string? Unit { get; set; }

    public TimeSpan? Window { get; set; }

    /// <summary>Where anything begins, and how long it is; nothing for none.</summary>
    public (int Start, int Length) Anything { get; set; }

    /// <summary>The number in a place; null where the sentence has none there.</summary>
    public readonly unsafe long? this[SentencePlace place] => (_isSet >> (int)place & 1) == 0 ? null : _numbers[(int)place];

    /// <summary>Sets the number of a place.</summary>
    public unsafe void Set(SentencePlace place, long number)
    {
        _numbers[(int)place] = number;
        _isSet |= 1 << (int)place;
    }
}
