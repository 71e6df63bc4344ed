namespace ApiTools.Errors;

/// <summary>A sentence with numbers, as one service writes it.</summary>
/// <param name="Dialect">Who writes it.</param>
/// <param name="Pattern">The sentence; see <see cref="SentencePattern"/>.</param>
/// <param name="Seen">Where it was seen; <see cref="SeenAt.NoThread"/> where in none.</param>
internal sealed record NumberSentence(string Dialect, SentencePattern Pattern, string Seen)
{
    public NumberSentence(string dialect, string pattern, string seen)
        : this(dialect, new SentencePattern(pattern), seen)
    {
    }
}
