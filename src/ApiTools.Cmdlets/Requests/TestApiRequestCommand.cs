using System.Globalization;
using System.Management.Automation;
using ApiTools.Errors;
using ApiTools.Text;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>
/// Test-ApiRequest: everything that is wrong with a request, before it is sent. As compilers do, it writes an error for each fault and a
/// warning for each doubt, and its output is the report.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "ApiRequest", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(RequestReport))]
[OutputType(typeof(bool))]
public sealed class TestApiRequestCommand : ApiInputCmdlet
{
    private const string ShowExamples = "Get-Help Test-ApiRequest -Examples";

    /// <summary>
    /// The request: JSON text, its bytes, a hashtable, an object; a saved HTTP request; a line of a batch; a file (from Get-ChildItem), which is read; or an error of this module, whose request is
    /// checked. Each of several is checked for itself.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>Writes True or False for each request, and no findings.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == InputObjectSet)
        {
            ProcessInput(InputObject, CheckValue);
        }
        else
        {
            ProcessFiles();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => EndBytes(CheckValue);

    private protected override bool TakesBytes => true;

    private protected override void ProcessFile(string path)
    {
        if (System.IO.Path.GetExtension(path).Equals(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            CheckLines(path);
            return;
        }
        byte[] json = Pump.Await(token => InputFile.ReadAsync(path, token));
        Check(json, new RequestCheckOptions { Source = path }, path, Shorten(path));
    }

    private void CheckValue(object? value, object? input)
    {
        switch (value)
        {
            case string text:
                Check(Encode(text, ShowExamples), RequestCheckOptions.Default, input, null);
                break;
            case byte[] bytes:
                Check(bytes, RequestCheckOptions.Default, input, null);
                break;
            case RepairedRequest repaired:
                Check(repaired.Utf8Json, new RequestCheckOptions { Source = repaired.Source }, input, null);
                break;
            case ErrorRecord or Exception:
                Check(RequestOf(value), new RequestCheckOptions { HasPositions = false }, input, null);
                break;
            case null:
                throw ApiErrors.MissingField("InputObject", "There is no request to check: the input is null.", ShowExamples);
            default:
                Check(PSObjectJson.ToUtf8(input), new RequestCheckOptions { HasPositions = false }, input, null);
                break;
        }
    }

    private void CheckLines(string path)
    {
        string name = Shorten(path);
        BatchIds ids = new();
        RequestCheckOptions quiet = new() { BatchIds = ids };
        bool any = ProcessLines(
            path,
            line =>
            {
                if (Quiet)
                {
                    Write(Pump.Compute(line.Json.Length, (line, quiet), static (one, _) => RequestValidator.IsValid(one.line, one.quiet)));
                    return;
                }
                string source = $"{path}:{line.Number.ToString(CultureInfo.InvariantCulture)}";
                RequestCheckOptions options = new() { Source = source, BatchIds = ids };
                Tell(Pump.Compute(line.Json.Length, (line, options), static (one, _) => RequestValidator.Validate(one.line, one.options)), line.Json, source, name);
            },
            done: "checked");
        if (!any)
        {
            Check([], new RequestCheckOptions { Source = path }, path, name);
        }
    }

    private void Check(byte[] json, RequestCheckOptions options, object? target, string? file)
    {
        if (Quiet)
        {
            Write(Pump.Compute(json.Length, _ => RequestValidator.IsValid(json, options)));
            return;
        }
        Tell(Pump.Compute(json.Length, _ => RequestValidator.Validate(json, options)), json, target, file);
    }

    private void Tell(RequestReport report, ReadOnlyMemory<byte> json, object? target, string? file)
    {
        byte[]? body = null;
        foreach (Finding finding in report.Findings)
        {
            if (finding.Severity == FindingSeverity.Warning)
            {
                WriteWarning(VisibleText.Line(RequestFailure.Locate(finding, file) + finding.Message));
            }
            else
            {
                // What mends the frame is for the whole of it.
                byte[] request = finding is { IsOfFrame: true, Fix: not null } ? json.ToArray() : body ??= report.BodyOf(json).ToArray();
                WriteFailure(RequestFailure.Create(finding, report, request, file), target);
            }
        }
        Write(report);
    }
}
