namespace ApiTools.Tokens;

/// <summary>Whether a model reasons before it answers, which decides what parameters it takes.</summary>
internal enum ModelReasoning
{
    /// <summary>It does not, or nothing is known of it.</summary>
    None,

    /// <summary>It always does.</summary>
    Always,

    /// <summary>It does where reasoning_effort asks for it; with <c>none</c>, its default, it does not.</summary>
    WhenAsked,
}
