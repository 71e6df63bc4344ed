namespace ApiTools.Simulator;

/// <summary>One answer to a chat request: its text, and why it ends.</summary>
/// <param name="Text">The text.</param>
/// <param name="FinishReason"><c>stop</c> or <c>length</c>.</param>
internal sealed record ChatChoice(string Text, string FinishReason);
