namespace ApiTools;

/// <summary>How a request that is too long for its model is made to fit.</summary>
public enum ContextFitMode
{
    /// <summary>
    /// Leaves out the oldest whole turns: a turn is what a user says and all that follows up to the next user message. System and developer messages
    /// and the last turn stay, and the answers of tools go with their calls.
    /// </summary>
    DropOldest,

    /// <summary>Asks for a shorter answer: a smaller <c>max_tokens</c> or <c>max_completion_tokens</c>.</summary>
    LowerMaxTokens,
}
