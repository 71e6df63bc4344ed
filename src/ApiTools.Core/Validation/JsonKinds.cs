namespace ApiTools.Validation;

/// <summary>What kinds of JSON value a rule allows. Null is said apart, by <see cref="RequestRule.Nullable"/>.</summary>
[Flags]
internal enum JsonKinds
{
    String = 1,
    Number = 2,

    /// <summary>A number without a fraction or an exponent, of 64 bits.</summary>
    Integer = 4,
    Boolean = 8,
    Object = 16,
    Array = 32,
}
