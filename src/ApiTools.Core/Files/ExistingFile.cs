namespace ApiTools.Files;

/// <summary>What to do about a file that is there already.</summary>
internal enum ExistingFile
{
    /// <summary>It is replaced, unless it is read-only.</summary>
    Replace,

    /// <summary>It is replaced in any case.</summary>
    ReplaceReadOnly,

    /// <summary>It stays, and that is an error.</summary>
    Keep,
}
