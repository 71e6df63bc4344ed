namespace ApiTools.Validation;

/// <summary>The edit that mends a fault of syntax, where one can be told.</summary>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Length">How many bytes it takes out; 0 where it only puts in.</param>
/// <param name="Replacement">What it puts there, UTF-8.</param>
/// <param name="Description">What it does, in words that follow the place: <c>the comma before ']' taken out</c>.</param>
/// <param name="IsSafe">Whether the mistake can have meant nothing else; where it can, a person has to ask for it.</param>
internal sealed record SyntaxMend(int Offset, int Length, byte[] Replacement, string Description, bool IsSafe = true)
{
    /// <summary>Puts a text in.</summary>
    public static SyntaxMend Insert(int offset, string text, string description, bool isSafe = true) =>
        Replace(offset, 0, text, description, isSafe);

    /// <summary>Takes bytes out.</summary>
    public static SyntaxMend Remove(int offset, int length, string description, bool isSafe = true) =>
        new(offset, length, [], description, isSafe);

    /// <summary>Puts a text in the place of bytes.</summary>
    public static SyntaxMend Replace(int offset, int length, string text, string description, bool isSafe = true) =>
        new(offset, length, System.Text.Encoding.UTF8.GetBytes(text), description, isSafe);
}
