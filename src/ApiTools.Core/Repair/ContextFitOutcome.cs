namespace ApiTools.Repair;

/// <summary>What came of making a request fit.</summary>
internal enum ContextFitOutcome
{
    /// <summary>The context window is not known, or there are no messages to read: nothing was done.</summary>
    Unknown,

    /// <summary>It fits as it is.</summary>
    FitsAlready,

    /// <summary>It was made to fit.</summary>
    Fitted,

    /// <summary>It cannot be made to fit in the way asked for: nothing was done.</summary>
    TooLong,
}
