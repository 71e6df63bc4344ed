namespace ApiTools.Validation;

/// <summary>What the characters of a string may be.</summary>
internal enum TextPattern
{
    /// <summary>Any.</summary>
    Any,

    /// <summary>Letters and digits of ASCII, underscores and hyphens: <c>^[a-zA-Z0-9_-]+$</c>.</summary>
    Name,

    /// <summary>Digits of ASCII: a token's id.</summary>
    Digits,
}
