using System.ComponentModel;
using System.Globalization;
using ApiTools.Cmdlets;
using ApiTools.Measuring;
using ApiTools.Text;

namespace ApiTools;

/// <summary>What the module's views call: text from a service is shown with its control sequences made visible, never executed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Display
{
    /// <summary>Several lines of text, broken between words where a line is longer than the width; zero breaks none.</summary>
    public static string Block(string? text, int width = 0) => WordWrap.Lines(VisibleText.Block(text), width);

    /// <summary>One line, cut at a length.</summary>
    public static string Line(string? text, int maximumLength = 200) => VisibleText.Line(text, maximumLength);

    /// <summary>Where something came from, without the current folder before it: a column is narrow, and a full path would be cut to what all have in common.</summary>
    /// <param name="source">A full path, or none.</param>
    /// <param name="currentFolder">The current folder, or none.</param>
    public static string Source(string? source, string? currentFolder) => VisibleText.Line(source is null ? null : FilePaths.Shorten(currentFolder ?? string.Empty, source), 1000);

    /// <summary>A conversation in pieces to show one under the other: who speaks, and what is said.</summary>
    /// <param name="session">The session.</param>
    /// <param name="width">How many columns there are; zero where that is not known.</param>
    /// <param name="colours">What begins the colours of system, user, assistant and tool, and what ends one; null for none.</param>
    public static string[] Conversation(ApiChatSession session, int width = 0, string[]? colours = null) => new SessionView(width, colours).Show(session);

    /// <summary>What stands over the tokens of a text: how many there are, and under it the text with a mark between each two.</summary>
    public static string TokenBoundaries(ApiToken token, bool coloured, int width) => string.Format(
        CultureInfo.InvariantCulture,
        "{0:N0} token{1} of {2}\n{3}",
        token.Of.Count,
        token.Of.Count == 1 ? string.Empty : "s",
        token.Of.Encoding,
        token.Of.Show(coloured, width));

    /// <summary>A token's text in a column: blanks and control characters as symbols, parts of characters as their bytes.</summary>
    public static string Token(ApiToken token) => TokenView.Column(token);

    /// <summary>What stands under an answer: its model, tokens, time, and how it ended where that was not of itself.</summary>
    public static string Footer(ChatCompletion completion)
    {
        List<string> parts = [VisibleText.Line(completion.Model, 60)];
        if (completion.Usage is ChatUsage usage)
        {
            parts.Add(string.Format(CultureInfo.InvariantCulture, "{0:N0} + {1:N0} tokens", usage.PromptTokens, usage.CompletionTokens));
        }
        parts.Add(string.Format(CultureInfo.InvariantCulture, "{0:0.0} s", completion.Duration.TotalSeconds));
        if (completion.Attempts > 1)
        {
            parts.Add($"{completion.Attempts} tries");
        }
        if (completion.ToolHistory.Count > 0)
        {
            parts.Add(completion.ToolHistory.Count == 1 ? "1 tool call" : string.Format(CultureInfo.InvariantCulture, "{0:N0} tool calls", completion.ToolHistory.Count));
        }
        if (completion.FinishReason is not (null or "stop"))
        {
            parts.Add(VisibleText.Line(completion.FinishReason, 40));
        }
        if (completion.FromJournal)
        {
            parts.Add("from the journal");
        }
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }
}
