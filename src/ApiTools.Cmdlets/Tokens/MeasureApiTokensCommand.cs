using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using ApiTools.Errors;
using ApiTools.Measuring;
using ApiTools.Text;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>Measure-ApiTokens: how many tokens a text, a file or a conversation is, and what it leaves of a model's context window.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "ApiTokens", DefaultParameterSetName = InputObjectSet)]
[Alias("Measure-ApiToken")]
[OutputType(typeof(TokenMeasure), typeof(MessageTokens))]
public sealed class MeasureApiTokensCommand : ApiTokenCmdlet
{
    private const string MessageSet = "Message";
    private const string ShowExamples = "Get-Help Measure-ApiTokens -Examples";

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private TokenMeasurer _measurer = new(new TokenCountOptions());
    private CallWindow<object?, TokenMeasure>? _window;
    private MeasuringProgress? _progress;
    private TokenSum? _sum;
    private int _done;

    /// <summary>
    /// Text, one measure each; bytes, which are read as text; a file (from Get-ChildItem), which is read; a request, as an object, or an error of this
    /// module that carries one, whose messages and tools are measured.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>A conversation: messages with role and content, as hashtables or objects.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MessageSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MessageCompleter))]
    public object[] Message { get; set; } = [];

    /// <summary>Exact, or the page's estimate. Exact where left out and the encoding is known, else the estimate.</summary>
    [Parameter]
    public TokenMethod? Method { get; set; }

    /// <summary>Tokens to keep for the answer: Remaining is what is left after them. What a request says, where left out, else 0.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaxTokens { get; set; }

    /// <summary>Writes one measure, the sum of all.</summary>
    [Parameter]
    public SwitchParameter Total { get; set; }

    /// <summary>Writes what each message and each other part of a conversation takes, and not their sum.</summary>
    [Parameter]
    public SwitchParameter Detail { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string? defaultModel = FindDefaultModel();
        string? model = Model ?? (ParameterSetName == MessageSet ? defaultModel : null);
        try
        {
            Check(model, model ?? defaultModel);
        }
        catch (ApiException exception)
        {
            ThrowFailure(exception, exception.Param == "Model" ? Model : Encoding);
        }
        _measurer = new TokenMeasurer(new TokenCountOptions
        {
            Model = Model,
            DefaultModel = defaultModel,
            Encoding = Encoding,
            Method = Method,
            MaxTokens = MaxTokens,
            AllowSpecial = AllowSpecial,
        });
        _window = new CallWindow<object?, TokenMeasure>(Pump, Environment.ProcessorCount, ordered: true, oneByOne: false);
        _progress = new MeasuringProgress(this, TimeProvider.System);
        _sum = Total ? new TokenSum(Model ?? defaultModel, MaxTokens ?? 0) : null;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case MessageSet:
                MeasureNow(Message, () => MeasureRequest(PSObjectJson.ToUtf8(new OrderedDictionary { ["messages"] = Message })));
                break;
            case InputObjectSet:
                ProcessInput(InputObject, ProcessValue);
                break;
            default:
                ProcessFiles();
                break;
        }
        WriteMeasured();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        EndBytes(ProcessValue);
        while (_window!.Count > 0)
        {
            Wait(_window.WaitForNext);
        }
        _progress!.End();
        if (_sum is not null)
        {
            Write(_sum.ToMeasure());
        }
    }

    // Files are read by as many threads as there are cores, and written in the order in which they came.
    private protected override void ProcessFile(string path)
    {
        _window!.Begin(path, token => _measurer.MeasureFileAsync(path, token));
        WriteMeasured();
        while (_window.IsFull)
        {
            Wait(_window.WaitForRoom);
        }
    }

    private void Wait(Action<CancellationToken> wait)
    {
        using CancellationTokenSource interval = new(MeasuringProgress.Interval);
        wait(interval.Token);
        WriteMeasured();
        _progress!.Update(_done, _measurer.BytesRead);
    }

    private void WriteMeasured()
    {
        while (_window!.TryTake(out (object? Input, Task<TokenMeasure> Task) call))
        {
            WriteFailures(call.Input, () => WriteMeasure(call.Task.GetAwaiter().GetResult()));
            _done++;
        }
    }

    // What needs no file is measured at once; it waits for the files that came before it.
    private void MeasureNow(object? input, Func<TokenMeasure> measure)
    {
        if (_window!.Count == 0)
        {
            WriteFailures(input, () => WriteMeasure(measure()));
            return;
        }
        try
        {
            _window.Add(input, Task.FromResult(measure()));
        }
        catch (ApiException exception)
        {
            _window.Add(input, Task.FromException<TokenMeasure>(exception));
        }
    }

    private void ProcessValue(object? value, object? input)
    {
        if (value is byte[] bytes)
        {
            _window!.Begin(null, token => _measurer.MeasureBytesAsync(bytes, token));
            return;
        }
        MeasureNow(input, () => MeasureValue(value, input));
    }

    private TokenMeasure MeasureValue(object? value, object? input) => value switch
    {
        ErrorRecord or Exception => MeasureRequest(RequestOf(value)),
        IDictionary or PSCustomObject => MeasureRequest(PSObjectJson.ToUtf8(input)),
        _ => MeasureText(TokenText.Of(value, ShowExamples)),
    };

    private TokenMeasure MeasureText(string text) => Pump.Compute(text.Length, _ => _measurer.Measure(text));

    // A mistyped message would count as nothing, so its faults are told; what else is wrong with a request is Test-ApiRequest's affair.
    private TokenMeasure MeasureRequest(byte[] json) => Pump.Compute(json.Length, _ => MeasureChecked(json));

    private TokenMeasure MeasureChecked(byte[] json)
    {
        RequestParts request = RequestParts.Read(WithoutMark(json)) ?? throw ApiErrors.InvalidValue(
            "InputObject",
            "This is no request: it has no messages. A conversation is given by -Message, an object as text by a property of it or Out-String.",
            ShowExamples);
        RequestReport report = RequestValidator.Validate(json, new RequestCheckOptions { HasPositions = false });
        Finding? fault = report.Findings.FirstOrDefault(finding =>
            finding.Severity == FindingSeverity.Error
            && finding.Code != "context_length_exceeded"
            && finding.Param?.StartsWith("messages", StringComparison.Ordinal) == true);
        return fault is null ? _measurer.MeasureRequest(request) : throw RequestFailure.Create(fault, report, json);
    }

    private static ReadOnlyMemory<byte> WithoutMark(byte[] json) => json.AsMemory(json.Length - Utf8Text.SkipMark(json).Length);

    private void WriteMeasure(TokenMeasure measure)
    {
        if (measure.Method == TokenMethod.Estimate && measure.Encoding is null && measure.Model is not null && Method is null)
        {
            WarnOnce(
                $"With which encoding '{VisibleText.Line(measure.Model, 60)}' counts is not known here: its numbers are the API page's estimate. Give -Encoding for an exact count, or -Method Estimate for the estimate without this warning.");
        }
        foreach (string note in measure.Notes)
        {
            if (measure.Gaps.Contains(note))
            {
                WarnOnce(note);
            }
            else
            {
                WriteVerbose(note);
            }
        }
        if (_sum is not null)
        {
            _sum.Add(measure);
        }
        else if (Detail && measure.Messages.Count > 0)
        {
            Write(measure.Messages, enumerateCollection: true);
        }
        else
        {
            Write(measure);
        }
    }

    private void WarnOnce(string warning)
    {
        if (_told.Add(warning))
        {
            WriteWarning(warning);
        }
    }

    // What would meet every input ends the command.
    private void Check(string? model, string? orDefault)
    {
        if (Total && Detail)
        {
            throw ApiErrors.InvalidValue("Detail", "-Total writes one measure, -Detail what each part of a conversation takes: give one of them.");
        }
        if (Encoding is not null)
        {
            EncodingChoice.Find(null, Encoding);
        }
        else if (Method == TokenMethod.Exact && (model is not null || ParameterSetName != InputObjectSet))
        {
            // A request that comes by the pipeline may name its own.
            EncodingChoice.Get(orDefault, null);
        }
    }
}
