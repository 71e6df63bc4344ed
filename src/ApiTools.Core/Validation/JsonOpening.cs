namespace ApiTools.Validation;

/// <summary>An object or an array that is open where a fault stands.</summary>
/// <param name="Offset">Where its bracket stands.</param>
/// <param name="IsObject">Whether it is an object.</param>
internal readonly record struct JsonOpening(int Offset, bool IsObject)
{
    /// <summary>The bracket that ends it.</summary>
    public char Closing => IsObject ? '}' : ']';

    /// <summary>What it is, in words.</summary>
    public string Noun => IsObject ? "object" : "array";
}
