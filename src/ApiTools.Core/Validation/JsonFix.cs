namespace ApiTools.Validation;

/// <summary>How a finding can be mended.</summary>
/// <param name="Patch">An RFC 6902 JSON Patch.</param>
/// <param name="IsSafe">Whether it is the one thing that can have been meant; a person's choice where not.</param>
internal sealed record JsonFix(string Patch, bool IsSafe)
{
    /// <summary>The one thing that can have been meant.</summary>
    public static JsonFix Safe(string patch) => new(patch, IsSafe: true);

    /// <summary>One of several things that would mend it.</summary>
    public static JsonFix Choice(string patch) => new(patch, IsSafe: false);
}
