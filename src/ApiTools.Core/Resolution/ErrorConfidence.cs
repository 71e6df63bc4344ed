namespace ApiTools;

/// <summary>How sure it is what an error means.</summary>
public enum ErrorConfidence
{
    /// <summary>Only words say it, or only that something failed.</summary>
    Low,

    /// <summary>The HTTP status says it.</summary>
    Medium,

    /// <summary>The service's own code or type says it, or the system does.</summary>
    High,
}
