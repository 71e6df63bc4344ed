namespace ApiTools.Tokens;

/// <summary>What an image is made smaller to, before it is cut into patches.</summary>
/// <param name="Longest">The longest side in pixels.</param>
/// <param name="Patches">The most patches; 0 where there is no such limit.</param>
internal readonly record struct PatchLimit(int Longest, int Patches)
{
    /// <summary>The side of a patch in pixels.</summary>
    public const int Side = 32;

    /// <summary>The most patches that are left of any image.</summary>
    public long Most
    {
        get
        {
            long across = (Longest + (long)Side - 1) / Side;
            return Patches > 0 ? Math.Min(Patches, across * across) : across * across;
        }
    }
}
