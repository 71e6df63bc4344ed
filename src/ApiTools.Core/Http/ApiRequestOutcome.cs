namespace ApiTools;

/// <summary>What became of a request.</summary>
public enum ApiRequestOutcome
{
    /// <summary>It was answered.</summary>
    Succeeded,

    /// <summary>It failed, and another try of the same call followed.</summary>
    Retried,

    /// <summary>It failed, and no further try was made.</summary>
    Failed,

    /// <summary>It was never sent: the check of the request, or a limit that an earlier call had met, refused it.</summary>
    Refused,

    /// <summary>The caller cancelled it.</summary>
    Cancelled,
}
