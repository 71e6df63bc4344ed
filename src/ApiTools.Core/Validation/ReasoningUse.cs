namespace ApiTools.Validation;

/// <summary>What models that reason make of a parameter.</summary>
internal enum ReasoningUse
{
    /// <summary>They take it as others do.</summary>
    Taken,

    /// <summary>They take its default alone, while they reason.</summary>
    DefaultOnly,

    /// <summary>They refuse it while they reason, whatever it is.</summary>
    RefusedWhileReasoning,

    /// <summary>They refuse it always.</summary>
    Refused,
}
