using System.Globalization;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>What stands under an answer: its model, tokens, time, and how it ended where that was not of itself.</summary>
internal static class AnswerFooter
{
    /// <summary>One line of it.</summary>
    /// <param name="completion">A completion, or what is left of one.</param>
    public static string Of(object? completion)
    {
        ViewObject answer = new(completion);
        List<string> parts = [VisibleText.Line(answer.Text("Model"), 60), Tokens(answer), Seconds(answer["Duration"])];
        if (answer.Number("Attempts") is > 1 and long attempts)
        {
            parts.Add(Invariant($"{attempts} tries"));
        }
        if (answer.Count("ToolHistory") is > 0 and int calls)
        {
            parts.Add(calls == 1 ? "1 tool call" : Invariant($"{calls:N0} tool calls"));
        }
        if (answer.Text("FinishReason") is string reason and not "stop")
        {
            parts.Add(VisibleText.Line(reason, 40));
        }
        if (answer.IsTrue("FromJournal"))
        {
            parts.Add("from the journal");
        }
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    // A usage that lay too deep for its properties to come along is their sum as text.
    private static string Tokens(ViewObject answer) => answer["Usage"] switch
    {
        null => string.Empty,
        string sum => VisibleText.Line(sum, 60) + " tokens",
        _ => Invariant($"{answer.Inner("Usage").Number("PromptTokens"):N0} + {answer.Inner("Usage").Number("CompletionTokens"):N0} tokens"),
    };

    private static string Seconds(object? duration) => duration is TimeSpan time ? Invariant($"{time.TotalSeconds:0.0} s") : string.Empty;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
