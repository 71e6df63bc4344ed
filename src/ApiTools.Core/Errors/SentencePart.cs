namespace ApiTools.Errors;

/// <summary>A part of a <see cref="SentencePattern"/>.</summary>
/// <param name="Literal">What stands there word for word; null for a place.</param>
/// <param name="Place">What stands in the place.</param>
internal readonly record struct SentencePart(string? Literal, SentencePlace Place)
{
    /// <summary>True for a place for a number.</summary>
    public bool IsNumber => Literal is null && Place <= SentencePlace.Seconds;
}
