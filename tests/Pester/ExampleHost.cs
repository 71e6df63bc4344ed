using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

// A host that keeps what a person would see, in the order in which it came. It cannot ask: what asks is no example that runs.
public sealed class ExampleHost : PSHost
{
    private readonly ExampleScreen _screen;
    private readonly Guid _id = Guid.NewGuid();
    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo("en-US");
    public ExampleHost(int width) { _screen = new ExampleScreen(width); }
    public ExampleScreen Screen { get { return _screen; } }
    public override CultureInfo CurrentCulture { get { return _culture; } }
    public override CultureInfo CurrentUICulture { get { return _culture; } }
    public override Guid InstanceId { get { return _id; } }
    public override string Name { get { return "Example"; } }
    public override PSHostUserInterface UI { get { return _screen; } }
    public override Version Version { get { return new Version(1, 0); } }
    public override void EnterNestedPrompt() { }
    public override void ExitNestedPrompt() { }
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) { }
}

public sealed class ExampleScreen : PSHostUserInterface
{
    private readonly StringBuilder _text = new StringBuilder();
    private readonly ExampleWindow _window;
    public ExampleScreen(int width) { _window = new ExampleWindow(width); }

    // How many lines of errors were shown.
    public int Errors { get; private set; }

    // What was shown since it was asked last.
    public string Take()
    {
        lock (_text)
        {
            string text = _text.ToString();
            _text.Clear();
            Errors = 0;
            return text;
        }
    }

    public override PSHostRawUserInterface RawUI { get { return _window; } }
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { throw new NotSupportedException(message); }
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) { throw new NotSupportedException(message); }
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) { throw new NotSupportedException(message); }
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes types, PSCredentialUIOptions options) { throw new NotSupportedException(message); }
    public override string ReadLine() { throw new NotSupportedException(); }
    public override SecureString ReadLineAsSecureString() { throw new NotSupportedException(); }
    public override void Write(string value) { lock (_text) { _text.Append(value); } }
    public override void Write(ConsoleColor foreground, ConsoleColor background, string value) { Write(value); }
    public override void WriteLine(string value) { Write(value + "\n"); }
    public override void WriteErrorLine(string value) { Errors++; WriteLine(value); }
    public override void WriteDebugLine(string message) { WriteLine("DEBUG: " + message); }
    public override void WriteVerboseLine(string message) { WriteLine("VERBOSE: " + message); }
    public override void WriteWarningLine(string message) { WriteLine("WARNING: " + message); }
    public override void WriteProgress(long sourceId, ProgressRecord record) { }
}

public sealed class ExampleWindow : PSHostRawUserInterface
{
    private readonly Size _size;
    public ExampleWindow(int width) { _size = new Size(width, 50); }
    public override Size BufferSize { get { return _size; } set { } }
    public override Size WindowSize { get { return _size; } set { } }
    public override Size MaxWindowSize { get { return _size; } }
    public override Size MaxPhysicalWindowSize { get { return _size; } }
    public override Coordinates CursorPosition { get; set; }
    public override Coordinates WindowPosition { get; set; }
    public override int CursorSize { get; set; }
    public override ConsoleColor ForegroundColor { get; set; }
    public override ConsoleColor BackgroundColor { get; set; }
    public override string WindowTitle { get; set; }
    public override bool KeyAvailable { get { return false; } }
    public override void FlushInputBuffer() { }
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) { throw new NotSupportedException(); }
    public override KeyInfo ReadKey(ReadKeyOptions options) { throw new NotSupportedException(); }
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }
}
