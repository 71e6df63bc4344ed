namespace ApiTools;

/// <summary>How sure it is that a service refuses a request for a finding.</summary>
public enum FindingSeverity
{
    /// <summary>The documented API refuses it.</summary>
    Error,

    /// <summary>Some services refuse or ignore it, or it cannot be known here.</summary>
    Warning,
}
