namespace ApiTools.Tokens;

/// <summary>The two tokens that byte-pair encoding makes a token of; a single byte is made of none, and has itself twice.</summary>
internal readonly record struct Merge(int Left, int Right);
