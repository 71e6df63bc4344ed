namespace ApiTools.Text;

/// <summary>What a secret looks like.</summary>
/// <param name="What">Whose it is.</param>
/// <param name="Expression">A regular expression, read without regard to case. What it captures as <c>keep</c> stays. It takes time in proportion to the text: no
/// repetition may match what the one after it matches, and those that look ahead are bounded.</param>
/// <param name="Source">Where the shape is documented, or was seen.</param>
internal sealed record SecretPattern(string What, string Expression, string Source);
