using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using ApiTools.Cmdlets;
using ApiTools.Measuring;
using ApiTools.Text;

namespace ApiTools;

/// <summary>
/// What the module's views call: text from a service is shown with its control sequences made visible, never executed. Each takes what came from
/// another process as well as the module's own objects, and none throws: a view that does shows nothing.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Display
{
    // The narrowest column that text is broken for.
    private const int NarrowestColumn = 16;

    /// <summary>Several lines of text, broken between words where a line is longer than the width; zero breaks none.</summary>
    public static string Block(string? text, int width = 0) => WordWrap.Lines(VisibleText.Block(text), width);

    /// <summary>Several lines of text, broken between words where a line is longer than what is left of the screen.</summary>
    /// <param name="text">The text.</param>
    /// <param name="engine">The session that shows it.</param>
    /// <param name="used">How many columns are taken by what stands beside it.</param>
    public static string Fit(string? text, EngineIntrinsics? engine, int used = 0) =>
        new Screen(engine).Width is > 0 and int width ? Block(text, Math.Max(NarrowestColumn, width - used)) : Block(text);

    /// <summary>One line, cut at a length.</summary>
    public static string Line(string? text, int maximumLength = 200) => VisibleText.Line(text, maximumLength);

    /// <summary>A piece of text as it is, blanks at its ends too, on one line.</summary>
    public static string Piece(string? text) => VisibleText.Block(text).Replace("\r\n", "\u240d\u240a").Replace('\n', '\u240a').Replace('\t', '\u2409');

    /// <summary>Several things, each on lines of its own.</summary>
    /// <param name="items">The things.</param>
    /// <param name="engine">The session that shows them.</param>
    /// <param name="used">How many columns are taken by what stands beside them.</param>
    public static string Lines(object? items, EngineIntrinsics? engine, int used) =>
        string.Join("\n", ViewObject.Items(items).Select(item => Fit(VisibleText.Line(item?.ToString()), engine, used)));

    /// <summary>What an answer, a choice, a chunk or a message says: its text, or its refusal, or the tools it calls.</summary>
    public static string Said(object? answer) => AnswerText.Of(answer);

    /// <summary>An answer with all that it says, and under it its footer.</summary>
    public static string Answer(object? completion, EngineIntrinsics? engine) =>
        string.Join("\n", AnswerText.Parts(completion).Select(part => Fit(part, engine)).Append(Footer(completion, engine)));

    /// <summary>What several things are called by their keys: a line each.</summary>
    public static string Pairs(object? dictionary) => string.Join(
        "\n",
        ViewObject.Items(dictionary).Select(pair => new ViewObject(pair)).Select(pair => VisibleText.Line($"{pair.Text("Key")}: {pair.Text("Value")}")));

    /// <summary>Seconds, as a number with two places; nothing where there is no time.</summary>
    public static string? Seconds(object? time) =>
        ViewObject.Items(time).FirstOrDefault() is TimeSpan span ? span.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) : null;

    /// <summary>A property that is a word.</summary>
    public static string Word(object? item, string property) => VisibleText.Line(new ViewObject(item).Text(property), 60);

    /// <summary>A property that says how something went, in colour where it went badly and the screen has colours.</summary>
    public static string Verdict(object? item, string property, EngineIntrinsics? engine) => new Screen(engine).Verdict(Word(item, property));

    /// <summary>Where something came from, without the current folder before it: a column is narrow, and a full path would be cut to what all have in common.</summary>
    /// <param name="source">A full path, or none.</param>
    /// <param name="currentFolder">The current folder, or none.</param>
    public static string Source(string? source, string? currentFolder) => VisibleText.Line(source is null ? null : FilePaths.Shorten(currentFolder ?? string.Empty, source), 1000);

    /// <summary>A conversation in pieces to show one under the other: who speaks, and what is said.</summary>
    /// <param name="session">The session.</param>
    /// <param name="width">How many columns there are; zero where that is not known.</param>
    /// <param name="colours">What begins the colours of system, user, assistant and tool, and what ends one; null for none.</param>
    public static string[] Conversation(ApiChatSession session, int width = 0, string[]? colours = null) => new SessionView(width, colours).Show(session);

    /// <summary>A conversation in pieces, as wide and in the colours of the screen.</summary>
    /// <param name="session">The session, or what is left of one: its messages, a line each.</param>
    /// <param name="engine">The session of PowerShell that shows it.</param>
    public static string[] Conversation(object? session, EngineIntrinsics? engine)
    {
        Screen screen = new(engine);
        return ViewObject.Live<ApiChatSession>(session) is ApiChatSession live
            ? Conversation(live, screen.Width, screen.Speakers)
            : [$"[{VisibleText.Line(session?.ToString())}]", .. ViewObject.Items(new ViewObject(session)["Messages"]).Select(message => VisibleText.Line(message?.ToString()))];
    }

    /// <summary>What stands over the tokens of a text: how many there are, and under it the text with a mark between each two.</summary>
    public static string TokenBoundaries(ApiToken token, bool coloured, int width) => string.Format(
        CultureInfo.InvariantCulture,
        "{0:N0} token{1} of {2}\n{3}",
        token.Of.Count,
        token.Of.Count == 1 ? string.Empty : "s",
        token.Of.Encoding,
        token.Of.Show(coloured, width));

    /// <summary>What stands over the tokens of a text, as wide and in the colours of the screen; of tokens that came from elsewhere, their encoding.</summary>
    public static string TokenBoundaries(object? token, EngineIntrinsics? engine)
    {
        Screen screen = new(engine);
        return ViewObject.Live<ApiToken>(token) is ApiToken live
            ? TokenBoundaries(live, screen.IsColoured, screen.Width)
            : "Tokens of " + VisibleText.Line(new ViewObject(token).Text("Encoding"), 60);
    }

    /// <summary>A token's text in a column: blanks and control characters as symbols, parts of characters as their bytes.</summary>
    public static string Token(object? token) =>
        ViewObject.Live<ApiToken>(token) is ApiToken live ? TokenView.Column(live) : Piece(new ViewObject(token).Text("Text"));

    /// <summary>Bytes in hexadecimal.</summary>
    public static string Hex(object? bytes) =>
        string.Join(" ", ViewObject.Items(bytes).Select(one => one is byte b ? b.ToString("X2", CultureInfo.InvariantCulture) : VisibleText.Line(one?.ToString(), 4)));

    /// <summary>What stands under an answer: its model, tokens, time, and how it ended where that was not of itself.</summary>
    public static string Footer(object? completion) => AnswerFooter.Of(completion);

    /// <summary>What stands under an answer, in brackets and in the colour of the screen for what is beside the matter.</summary>
    public static string Footer(object? completion, EngineIntrinsics? engine) => new Screen(engine).Faint($"[{AnswerFooter.Of(completion)}]");
}
