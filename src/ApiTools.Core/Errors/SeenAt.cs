namespace ApiTools.Errors;

/// <summary>Where a row of a table was seen, as far as that is no thread.</summary>
internal static class SeenAt
{
    /// <summary>Known from the service's reference, or from use: it was looked for, and found in no public thread.</summary>
    public const string NoThread = "no public thread";
}
