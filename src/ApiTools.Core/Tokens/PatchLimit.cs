namespace ApiTools.Tokens;

/// <summary>What an image is made smaller to, before it is cut into patches.</summary>
/// <param name="Longest">The longest side in pixels.</param>
/// <param name="Patches">The most patches; 0 where there is no such limit.</param>
internal readonly record struct PatchLimit(int Longest, int Patches);
