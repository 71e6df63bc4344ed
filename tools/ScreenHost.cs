// A terminal without a screen, which keeps what a person would see in the order in which it came: for tools/New-Screen.ps1, the tests of views and those
// of examples. What asks is given the next of Answers. C# of .NET Framework's compiler, which Windows PowerShell has.
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

public sealed class ScreenHost : PSHost
{
    private readonly ScreenUI _ui;
    private readonly Guid _id = Guid.NewGuid();
    private readonly CultureInfo _culture;
    public ScreenHost(int width, bool coloured = false, string culture = "") { _ui = new ScreenUI(width, coloured); _culture = CultureInfo.GetCultureInfo(culture); }
    public Queue<string> Answers { get { return _ui.Answers; } }
    public string Text { get { return _ui.Written.ToString(); } }

    // How many lines of errors were shown since it was cleared.
    public int Errors { get { return _ui.Errors; } }
    public void Clear() { _ui.Clear(); }
    public override CultureInfo CurrentCulture { get { return _culture; } }
    public override CultureInfo CurrentUICulture { get { return _culture; } }
    public override Guid InstanceId { get { return _id; } }
    public override string Name { get { return "Screen"; } }
    public override PSHostUserInterface UI { get { return _ui; } }
    public override Version Version { get { return new Version(1, 0); } }
    public override void EnterNestedPrompt() { }
    public override void ExitNestedPrompt() { }
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) { }
}

public sealed class ScreenUI : PSHostUserInterface
{
    public readonly StringBuilder Written = new StringBuilder();
    private readonly ScreenRawUI _raw;
    public readonly Queue<string> Answers = new Queue<string>();
    public int Errors { get; private set; }
    public void Clear() { Written.Clear(); Errors = 0; }
    private readonly bool _coloured;
    public ScreenUI(int width, bool coloured) { _raw = new ScreenRawUI(width); _coloured = coloured; }
    public override bool SupportsVirtualTerminal { get { return _coloured; } }
    public override PSHostRawUserInterface RawUI { get { return _raw; } }
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { throw new NotSupportedException(); }
    // As the console asks.
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Written.AppendLine();
        Written.AppendLine(caption);
        Written.AppendLine(message);
        for (int i = 0; i < choices.Count; i++)
        {
            Written.Append(i == defaultChoice && _coloured ? "\u001b[93m" : string.Empty).Append('[').Append(Key(choices[i])).Append("] ").Append(choices[i].Label.Replace("&", string.Empty)).Append(i == defaultChoice && _coloured ? "\u001b[0m  " : "  ");
        }
        string answer = Answers.Dequeue();
        Written.Append("[?] Help (default is \"").Append(Key(choices[defaultChoice])).Append("\"): ").AppendLine(answer);
        for (int i = 0; i < choices.Count; i++) { if (string.Equals(Key(choices[i]), answer, StringComparison.OrdinalIgnoreCase)) { return i; } }
        throw new InvalidOperationException(answer);
    }
    private static string Key(ChoiceDescription choice) { return choice.Label.Substring(choice.Label.IndexOf('&') + 1, 1).ToUpperInvariant(); }
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) { throw new NotSupportedException(); }
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes types, PSCredentialUIOptions options) { throw new NotSupportedException(); }
    public override string ReadLine() { throw new NotSupportedException(); }
    public override SecureString ReadLineAsSecureString() { throw new NotSupportedException(); }
    public override void Write(string value) { Written.Append(value); }
    public override void Write(ConsoleColor foreground, ConsoleColor background, string value) { Written.Append(value); }
    public override void WriteDebugLine(string message) { WriteLine("DEBUG: " + message); }
    public override void WriteErrorLine(string value) { Errors++; WriteLine(value); }
    public override void WriteLine(string value) { Written.AppendLine(value); }
    public override void WriteProgress(long sourceId, ProgressRecord record) { }
    public override void WriteVerboseLine(string message) { WriteLine("VERBOSE: " + message); }
    public override void WriteWarningLine(string message) { Written.AppendLine("WARNING: " + message); }
}

public sealed class ScreenRawUI : PSHostRawUserInterface
{
    private readonly Size _size;
    public ScreenRawUI(int width) { _size = new Size(width, 50); }
    public override ConsoleColor BackgroundColor { get; set; }
    public override Size BufferSize { get { return _size; } set { } }
    public override Coordinates CursorPosition { get { return new Coordinates(0, 0); } set { } }
    public override int CursorSize { get { return 1; } set { } }
    public override ConsoleColor ForegroundColor { get; set; }
    public override bool KeyAvailable { get { return false; } }
    public override Size MaxPhysicalWindowSize { get { return _size; } }
    public override Size MaxWindowSize { get { return _size; } }
    public override Coordinates WindowPosition { get { return new Coordinates(0, 0); } set { } }
    public override Size WindowSize { get { return _size; } set { } }
    public override string WindowTitle { get; set; }
    public override void FlushInputBuffer() { }
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) { throw new NotSupportedException(); }
    public override KeyInfo ReadKey(ReadKeyOptions options) { throw new NotSupportedException(); }
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }
}
