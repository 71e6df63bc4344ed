namespace ApiTools.Errors;

/// <summary>What stands in a place of a <see cref="SentencePattern"/>. The numbers come first, in the order in which <see cref="SentenceMatch"/> keeps them.</summary>
internal enum SentencePlace
{
    Max, All, Messages, Completion, Limit, Used, Requested, Seconds,

    Unit, Window, Anything, Word, Quoted,
}
