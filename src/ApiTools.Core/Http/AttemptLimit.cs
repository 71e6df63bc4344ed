namespace ApiTools.Http;

/// <summary>Which limit ended an attempt.</summary>
internal enum AttemptLimit
{
    /// <summary>None did.</summary>
    None,

    /// <summary>The answer did not begin.</summary>
    FirstByte,

    /// <summary>The answer stalled.</summary>
    BetweenChunks,

    /// <summary>The attempt as a whole took too long, or the time for all tries was over.</summary>
    Whole,
}
