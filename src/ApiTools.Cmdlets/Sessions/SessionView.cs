using System.Globalization;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Shows a conversation: who speaks on a line, and under it, indented, what is said.</summary>
/// <param name="width">How many columns there are; 0 where that is not known.</param>
/// <param name="colours">What begins the colours of system, user, assistant and tool, and what ends one; null for none.</param>
internal sealed class SessionView(int width, string[]? colours)
{
    private const string Indent = "  ";

    // Of what a tool answered, in characters: it is for the model, and may be long.
    private const int MostOfTool = 600;

    // A piece is a coloured line or a block without colours: PowerShell begins each line of a text with all colours of the lines before it.
    private readonly List<string> _pieces = [];

    /// <summary>The session in pieces, whose lines fit the width where blanks allow it.</summary>
    public string[] Show(ApiChatSession session)
    {
        ChatUsage usage = session.Usage;
        string model = session.Model is null ? string.Empty : VisibleText.Line(session.Model, 60) + ", ";
        string cost = session.Calls == 0 ? string.Empty : string.Format(CultureInfo.InvariantCulture, ", {0:N0} + {1:N0} tokens", usage.PromptTokens, usage.CompletionTokens);
        Line($"[{model}{session}{cost}]", 0);
        foreach (ChatMessage message in session.Messages)
        {
            Show(message);
        }
        return [.. _pieces];
    }

    private void Show(ChatMessage message)
    {
        bool isTool = message.Role == "tool";
        string of = isTool ? " " + VisibleText.Line(message.ToolCallId, 60) : message.Name is null ? string.Empty : " " + VisibleText.Line(message.Name, 60);
        Line(VisibleText.Line(message.Role, 40) + of, message.Role switch { "user" => 1, "assistant" => 2, "tool" => 3, _ => 0 });
        Block(isTool ? BoundedText.Cut(message.Content, MostOfTool) : message.Content);
        foreach (string attachment in message.Attachments)
        {
            Block($"[{VisibleText.Line(attachment, 100)}]");
        }
        if (message.Refusal is not null)
        {
            Block("Refused: " + message.Refusal);
        }
        foreach (ChatToolCall call in message.ToolCalls)
        {
            Block("Tool call: " + VisibleText.Line(call.ToString(), 200));
        }
    }

    private void Line(string text, int colour) =>
        _pieces.Add(colours is { Length: 5 } ? colours[colour] + text + colours[4] : text);

    // Control sequences are shown, not executed.
    private void Block(string text)
    {
        if (text.Length == 0)
        {
            return;
        }
        string wrapped = WordWrap.Lines(VisibleText.Block(text).Replace("\r\n", "\n"), Math.Max(0, width - Indent.Length));
        _pieces.Add(string.Join("\n", wrapped.Split('\n').Select(line => Indent + line)));
    }
}
