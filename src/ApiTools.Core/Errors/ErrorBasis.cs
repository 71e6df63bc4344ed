namespace ApiTools;

/// <summary>By what an error was recognised, the surest first.</summary>
public enum ErrorBasis
{
    /// <summary>By the code that the service wrote, or a reason that it gives beside it.</summary>
    Code,

    /// <summary>By the type that the service wrote.</summary>
    Type,

    /// <summary>By the kind of failure below HTTP: a name that cannot be resolved, a certificate.</summary>
    Exception,

    /// <summary>By the HTTP status alone.</summary>
    Status,

    /// <summary>By the words of the message, where nothing else speaks.</summary>
    Words,
}
