namespace ApiTools.Text;

/// <summary>A secret in a text.</summary>
/// <param name="Begins">Where its first word stands.</param>
/// <param name="Order">The place of its pattern in the table.</param>
/// <param name="Start">Where what is masked begins.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct FoundSecret(int Begins, int Order, int Start, int End)
{
    /// <summary>None: behind every text.</summary>
    public static FoundSecret None => new(int.MaxValue, 0, 0, 0);
}
