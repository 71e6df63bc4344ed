using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using ApiTools.Errors;
using ApiTools.Tokens;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>Measure-ApiTokens: how many tokens a text, a file or a conversation is, and what it leaves of a model's context window.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "ApiTokens", DefaultParameterSetName = InputObjectSet)]
[Alias("Measure-ApiToken")]
[OutputType(typeof(TokenMeasure))]
public sealed class MeasureApiTokensCommand : ApiInputCmdlet
{
    private const string MessageSet = "Message";
    private const string ShowExamples = "Get-Help Measure-ApiTokens -Examples";

    /// <summary>
    /// Text, one measure each; a file (from Get-ChildItem), which is read; a request, as an object, or an error of this module that carries one,
    /// whose messages are measured.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>A conversation, measured as one text: messages with role and content, as hashtables or objects.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MessageSet)]
    [ValidateNotNullOrEmpty]
    public object[] Message { get; set; } = [];

    /// <summary>The model whose context window it has to fit. The one that a request names, where left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>Tokens to keep for the answer: Remaining is what is left after them. 0 where left out.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaxTokens { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case MessageSet:
                WriteFailures(Message, () => MeasureRequest(PSObjectJson.ToUtf8(new OrderedDictionary { ["messages"] = Message })));
                break;
            case InputObjectSet:
                ProcessInput(InputObject, MeasureValue);
                break;
            default:
                ProcessFiles();
                break;
        }
    }

    private protected override void ProcessFile(string path)
    {
        using FileStream file = Pump.Await(token => InputFile.OpenAsync(path, token));
        try
        {
            WriteMeasure(Pump.Await(token => TokenEstimator.TallyAsync(file, token)), Model, path);
        }
        catch (DecoderFallbackException exception)
        {
            throw ApiErrors.FileUnreadable(path, "it is neither UTF-8 nor UTF-16 with a byte order mark.", exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw ApiErrors.FileUnreadable(path, exception.Message, exception);
        }
    }

    private void MeasureValue(object? value, object? input)
    {
        switch (value)
        {
            case ErrorRecord or Exception:
                MeasureRequest(RequestOf(value));
                break;
            case IDictionary or PSCustomObject:
                MeasureRequest(PSObjectJson.ToUtf8(input));
                break;
            default:
                WriteMeasure(TokenEstimator.Tally(TextOf(value).AsSpan()), Model, null);
                break;
        }
    }

    // A mistyped message would count as nothing, so its faults are told; what else is wrong with a request is Test-ApiRequest's affair.
    private void MeasureRequest(byte[] json)
    {
        JsonSlice? messages = RequestValidator.FindMessages(json, out string? model);
        if (messages is null)
        {
            throw ApiErrors.InvalidValue(
                "InputObject",
                "This is no request: it has no messages. A conversation is given by -Message, an object as text by a property of it or Out-String.",
                ShowExamples);
        }
        RequestReport report = RequestValidator.Validate(json, new RequestCheckOptions { HasPositions = false });
        Finding? fault = report.Findings.FirstOrDefault(
            finding => finding.Severity == FindingSeverity.Error && finding.Param?.StartsWith("messages", StringComparison.Ordinal) == true);
        if (fault is not null)
        {
            throw RequestFailure.Create(fault, report, json);
        }
        WriteMeasure(ConversationText.Tally(messages.Value), Model ?? model, null);
    }

    private void WriteMeasure(TokenTally tally, string? model, string? source) => Write(new TokenMeasure(tally, model, MaxTokens, source));

    private static string TextOf(object? value) => value switch
    {
        string text => text,
        null => throw ApiErrors.MissingField("InputObject", "There is no text to measure: the input is null.", ShowExamples),
        char or bool or Enum or Guid or DateTime or DateTimeOffset or Uri or Version => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        IFormattable number when value.GetType().IsPrimitive || value is decimal => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw ApiErrors.InvalidValue(
            "InputObject",
            $"A {value.GetType().FullName} is no text. Give a property of it, or the text that the host would show, by Out-String.",
            ShowExamples),
    };
}
