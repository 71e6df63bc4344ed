namespace ApiTools.Tokens;

/// <summary>What the patterns of tiktoken ask of a code point. None: neither letter, mark, number nor white space.</summary>
[Flags]
internal enum CodePointClass
{
    None = 0,

    /// <summary>In o200k's [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}].</summary>
    Upper = 1,

    /// <summary>In o200k's [\p{Ll}\p{Lm}\p{Lo}\p{M}].</summary>
    Lower = 2,

    /// <summary>\p{L}. A mark has Upper and Lower without it.</summary>
    Letter = 4,

    /// <summary>\p{N}.</summary>
    Number = 8,

    /// <summary>\s: Unicode's White_Space.</summary>
    Space = 16,

    /// <summary>A carriage return or line feed; it is Space too.</summary>
    Newline = 32,
}
