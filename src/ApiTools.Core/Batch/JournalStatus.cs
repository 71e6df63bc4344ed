namespace ApiTools;

/// <summary>How an input of a job ended.</summary>
public enum JournalStatus
{
    /// <summary>With an answer: it is not sent again.</summary>
    Answered,

    /// <summary>With an error: it is sent again where that can help.</summary>
    Failed,
}
