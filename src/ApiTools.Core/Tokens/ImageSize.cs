namespace ApiTools.Tokens;

/// <summary>The width and height of an image in pixels.</summary>
internal readonly record struct ImageSize(int Width, int Height);
