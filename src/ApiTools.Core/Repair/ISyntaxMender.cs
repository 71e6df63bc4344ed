namespace ApiTools.Repair;

/// <summary>Finds mistakes of syntax that can mean one thing only, such as a comma before a closing bracket.</summary>
internal interface ISyntaxMender
{
    /// <summary>What mends a text, as edits of it that do not conflict; none for strict JSON, and where nothing can be told.</summary>
    /// <param name="text">Any bytes.</param>
    IReadOnlyList<SyntaxMend> Find(ReadOnlyMemory<byte> text);
}
