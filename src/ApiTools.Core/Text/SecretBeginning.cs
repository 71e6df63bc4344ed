namespace ApiTools.Text;

/// <summary>A word that a secret begins with.</summary>
/// <param name="Pattern">The secret.</param>
/// <param name="Order">Its place in the table.</param>
/// <param name="Word">The word, in lower case.</param>
/// <param name="Offset">Where in it the two letters stand that it is looked for by.</param>
internal sealed record SecretBeginning(SecretPattern Pattern, int Order, string Word, int Offset);
