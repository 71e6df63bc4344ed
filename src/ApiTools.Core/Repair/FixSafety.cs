namespace ApiTools.Repair;

/// <summary>Which fixes need not be asked for.</summary>
internal static class FixSafety
{
    /// <summary>The code of a request that is too long.</summary>
    public const string ContextLength = "context_length_exceeded";

    /// <summary>Whether the fix can mean one thing only. Another model costs another price, and a shorter answer is another answer: a person's choice.</summary>
    public static bool IsSafe(Finding finding) => finding.Code is not (ContextLength or "model_not_supported");
}
