using System.Globalization;
using System.Management.Automation;
using ApiTools.Errors;
using ApiTools.Text;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>The base of the cmdlets that check requests: each for itself, whatever it comes as, and each fault told as a compiler tells one.</summary>
public abstract class ApiRequestCmdlet : ApiInputCmdlet
{
    /// <summary>
    /// The request: JSON text, its bytes, a hashtable, an object; a saved HTTP request; a line of a batch; a file (from Get-ChildItem), which is read;
    /// or an error of this module, whose request is taken. Each of several is taken for itself.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>What is done with a request, in a word.</summary>
    private protected abstract string Verb { get; }

    /// <summary>The command that shows what to give.</summary>
    private protected string ShowExamples => $"Get-Help {MyInvocation.MyCommand.Name} -Examples";

    private protected override bool TakesBytes => true;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == InputObjectSet)
        {
            ProcessInput(InputObject, ProcessValue);
        }
        else
        {
            ProcessFiles();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => EndBytes(ProcessValue);

    /// <summary>Takes a request that is no file.</summary>
    /// <param name="value">The request, without PowerShell's wrapper.</param>
    /// <param name="input">The request as it came in.</param>
    private protected abstract void ProcessValue(object? value, object? input);

    /// <summary>Takes a file of one request a line.</summary>
    private protected abstract void ProcessLines(string path);

    /// <summary>Takes a file of one request.</summary>
    private protected abstract void ProcessWhole(string path);

    private protected override void ProcessFile(string path)
    {
        if (System.IO.Path.GetExtension(path).Equals(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            ProcessLines(path);
        }
        else
        {
            ProcessWhole(path);
        }
    }

    /// <summary>The bytes of a request that is no file, and how it is checked.</summary>
    /// <exception cref="ApiException">It is none: nothing, an error without a request, an object without a meaning in JSON.</exception>
    private protected (byte[] Json, RequestCheckOptions Check) ReadValue(object? value, object? input)
    {
        RequestCheckOptions withoutPositions = new() { HasPositions = false };
        return value switch
        {
            string text => (Encode(text, ShowExamples), RequestCheckOptions.Default),
            byte[] bytes => (bytes, RequestCheckOptions.Default),
            RepairedRequest repaired => (repaired.Utf8Json, new RequestCheckOptions { Source = repaired.Source }),
            ErrorRecord or Exception => (RequestOf(value), withoutPositions),
            null => throw ApiErrors.MissingField("InputObject", $"There is no request to {Verb}: the input is null.", ShowExamples),
            _ => (PSObjectJson.ToUtf8(input), withoutPositions),
        };
    }

    /// <summary>Where a line of a file stands, for its report.</summary>
    private protected static string PlaceOf(string path, RequestLine line) => $"{path}:{line.Number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Writes a finding: a doubt as a warning, a fault as an error that carries its request.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="report">What it is of.</param>
    /// <param name="whole">What was checked.</param>
    /// <param name="body">The request in it.</param>
    /// <param name="target">The input.</param>
    /// <param name="file">The file it stands in, as a person would write it; null where it came in as an object.</param>
    private protected void WriteFinding(Finding finding, RequestReport report, ReadOnlyMemory<byte> whole, Lazy<byte[]> body, object? target, string? file)
    {
        if (finding.Severity == FindingSeverity.Warning)
        {
            WriteWarning(VisibleText.Line(RequestFailure.Locate(finding, file) + finding.Message));
            return;
        }
        // What mends the frame is for the whole of it.
        byte[] request = finding is { IsOfFrame: true, Fix: not null } ? whole.ToArray() : body.Value;
        WriteFailure(RequestFailure.Create(finding, report, request, file), target);
    }
}
