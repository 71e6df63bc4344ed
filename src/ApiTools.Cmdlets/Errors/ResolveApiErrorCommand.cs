using System.Collections;
using System.Management.Automation;
using System.Text;
using ApiTools.Errors;
using ApiTools.Resolution;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Resolve-ApiError: the catalogue's answer to any failure, of this module or of another tool, a log, a saved answer.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "ApiError", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(ResolvedApiError))]
public sealed class ResolveApiErrorCommand : ApiInputCmdlet
{
    private const string AnswerSet = "Answer";
    private const string ShowExamples = "Get-Help Resolve-ApiError -Examples";
    private const int MaximumFileBytes = 16 * 1024 * 1024;

    private readonly List<string> _lines = [];
    private bool _any;

    /// <summary>
    /// The failure: an error record, an exception, an answer (of Invoke-WebRequest), text; a file (from Get-ChildItem), which is read. The last error of
    /// this session where left out.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>The HTTP status of an answer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AnswerSet)]
    [ArgumentCompleter(typeof(ErrorStatusCompleter))]
    [ValidateRange(100, 999)]
    public int Status { get; set; }

    /// <summary>Its body, as text or bytes. None where left out.</summary>
    [Parameter(ParameterSetName = AnswerSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Body { get; set; }

    /// <summary>Its headers. None where left out.</summary>
    [Parameter(ParameterSetName = AnswerSet)]
    [AllowNull]
    public IDictionary? Header { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == AnswerSet)
        {
            WriteFailures(Body, ResolveAnswer);
        }
        else if (ParameterSetName != InputObjectSet)
        {
            ProcessFiles();
        }
        else if (MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)))
        {
            _any = true;
            ProcessInput(InputObject, ResolveValue);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        FlushLines();
        if (ParameterSetName == InputObjectSet && !_any && !MyInvocation.ExpectingInput)
        {
            ResolveLastError();
        }
    }

    // On a thread of its own: a pipe that nobody writes to keeps its reader waiting, and only that thread.
    private protected override void ProcessFile(string path) =>
        ResolveText(Pump.Await(token => Task.Factory.StartNew(() => Read(path), token, TaskCreationOptions.LongRunning, TaskScheduler.Default)), path, Shorten(path));

    private static string Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using MemoryStream bytes = new();
            byte[] piece = new byte[81_920];
            for (int read; bytes.Length < MaximumFileBytes && (read = file.Read(piece, 0, piece.Length)) > 0;)
            {
                bytes.Write(piece, 0, read);
            }
            return AnyText.Read(bytes.GetBuffer(), (int)bytes.Length);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ApiErrors.FileNotFound(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ApiErrors.FileUnreadable(path, exception.Message, exception);
        }
    }

    private void ResolveAnswer()
    {
        Sighting seen = new() { Source = "status and body", Status = Status, Body = Bytes(Body), Headers = ErrorSighting.Headers(Header) };
        WriteResolved(ErrorResolver.Resolve(seen, TimeProvider.System), Body);
    }

    // $Error belongs to the global scope.
    private void ResolveLastError()
    {
        if (SessionState.PSVariable.GetValue("global:Error") is IList { Count: > 0 } errors)
        {
            WriteFailures(errors[0], () => ResolveValue(Whole.Of(errors[0]), errors[0]));
        }
        else
        {
            ThrowFailure(ApiErrors.MissingField("InputObject", "There is no error to resolve: this session had none, and none was given.", ShowExamples), null);
        }
    }

    private void ResolveValue(object? value, object? input)
    {
        if (value is string text && text.IndexOf('\n') < 0 && MyInvocation.ExpectingInput)
        {
            // A line: of a log each says something for itself, of saved text they belong together. That shows at the end.
            _lines.Add(text);
            return;
        }
        FlushLines();
        if (value is string whole)
        {
            ResolveText(whole, whole);
            return;
        }
        // As a line of a log that tells of no failure.
        if (value is ApiLogEntry { Code: null, StatusCode: null or < 400 })
        {
            return;
        }
        WriteResolved(ErrorSighting.Resolve(value, input), input);
    }

    private void ResolveText(string text, object? target, string? file = null) => WriteLinesOr(text.Split('\n'), text, target, file);

    private void FlushLines()
    {
        if (_lines.Count == 0)
        {
            return;
        }
        string[] lines = [.. _lines];
        _lines.Clear();
        WriteFailures(lines[0], () => WriteLinesOr(lines, string.Join("\n", lines), lines[0]));
    }

    // Lines of a log, each for itself, where each is JSON or more than one tells of a failure with a status; else the text as one.
    private void WriteLinesOr(string[] lines, string text, object? target, string? file = null)
    {
        List<ResolvedApiError> each = [];
        if (lines.Length > 1 && LooksLikeLog(lines))
        {
            foreach (string line in lines)
            {
                if (line.Length > 0 && ErrorResolver.Resolve(line, TimeProvider.System) is ResolvedApiError one)
                {
                    each.Add(one);
                }
            }
        }
        if (each.Count == 0)
        {
            WriteResolved(ErrorResolver.Resolve(text, TimeProvider.System), target, file);
            return;
        }
        foreach (ResolvedApiError one in each)
        {
            Write(one);
        }
    }

    private static bool LooksLikeLog(string[] lines)
    {
        IEnumerable<string> filled = lines.Where(line => !string.IsNullOrWhiteSpace(line)).Take(20);
        return filled.All(line => line.TrimStart()[0] == '{' && line.TrimEnd() is string end && end[end.Length - 1] == '}')
            || filled.All(line => char.IsDigit(line[0]) || (line[0] == '[' && line.Length > 1 && char.IsDigit(line[1])));
    }

    private void WriteResolved(ResolvedApiError? resolved, object? target, string? file = null)
    {
        if (resolved is null)
        {
            string what = file is null ? "this" : $"'{file}'";
            WriteFailure(
                ApiErrors.InvalidValue("InputObject", $"No failure of an API is recognised in {what}: no status, no error's body, no exception of the network.", ShowExamples), target);
        }
        else
        {
            Write(resolved);
        }
    }

    private static byte[] Bytes(object? body) => Bare.Of(body) switch
    {
        null => [],
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        _ => PSObjectJson.ToUtf8(body),
    };
}
