namespace ApiTools.Tokens;

/// <summary>Odd numbers whose product with a key spreads neighbouring keys over its upper bits, of which the tables here take as many as they need.</summary>
internal static class HashMultipliers
{
    /// <summary>2 to the power of 64, divided by the golden ratio (Knuth, The Art of Computer Programming, volume 3, section 6.4).</summary>
    public const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>For a second word of the key: a prime of xxHash's (PRIME64_2).</summary>
    public const ulong Second = 0xC2B2AE3D27D4EB4F;
}
