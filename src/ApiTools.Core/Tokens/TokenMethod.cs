namespace ApiTools;

/// <summary>How a number of tokens came about.</summary>
public enum TokenMethod
{
    /// <summary>Counted with the model's own encoding.</summary>
    Exact,

    /// <summary>Estimated by the API page's formula: Chinese characters count one each, all others four to a token.</summary>
    Estimate,
}
