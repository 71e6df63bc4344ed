using System.Globalization;
using System.Management.Automation;
using ApiTools.Errors;
using ApiTools.Repair;
using ApiTools.Streams;
using ApiTools.Text;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>
/// Repair-ApiRequest: applies the fixes of what Test-ApiRequest finds, and leaves every other byte as it is. What is left for a person to decide is
/// an error or a warning, as Test-ApiRequest writes it.
/// </summary>
[Cmdlet(VerbsDiagnostic.Repair, "ApiRequest", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true)]
[OutputType(typeof(RepairedRequest))]
public sealed class RepairApiRequestCommand : ApiInputCmdlet
{
    private const string ShowExamples = "Get-Help Repair-ApiRequest -Examples";

    // Of a file with more changes, the first ones tell enough before it is replaced.
    private const int ChangesShown = 20;

    private RepairOptions _options = RepairOptions.Default;

    /// <summary>
    /// The request: JSON text, its bytes, a hashtable, an object; a saved HTTP request; a line of a batch; a file (from Get-ChildItem); or an error of this module, whose request is repaired. Each of
    /// several is repaired for itself.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>Applies fixes that are a choice too: those of findings with these codes, or at these places; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ErrorCodeCompleter))]
    public string[] Include { get; set; } = [];

    /// <summary>Leaves out safe fixes: those of findings with these codes, or at these places; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ErrorCodeCompleter))]
    public string[] Exclude { get; set; } = [];

    /// <summary>Makes a request that is too long fit the model's context window: by leaving out its oldest turns, or by asking for a shorter answer.</summary>
    [Parameter]
    public ContextFitMode? FitContext { get; set; }

    /// <summary>Writes the repair back to the file that it is of, and keeps what was there as a backup.</summary>
    [Parameter]
    public SwitchParameter InPlace { get; set; }

    /// <summary>Writes the repaired requests of files that are repaired in place.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _options = new RepairOptions
    {
        Includes = new FindingFilter(Include).Chooses,
        Excludes = new FindingFilter(Exclude).Chooses,
        FitContext = FitContext,
    };

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

    private protected override bool TakesBytes => true;

    private protected override void ProcessFile(string path)
    {
        FileReplacement? replacement = InPlace ? new FileReplacement(path) : null;
        if (System.IO.Path.GetExtension(path).Equals(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            RepairLines(path, replacement);
            return;
        }
        byte[] json = Pump.Await(token => InputFile.ReadAsync(path, token));
        RepairedRequest repaired = Repair(json, new RequestCheckOptions { Source = path });
        Report(repaired, path, Shorten(path));
        if (replacement is not null && repaired.Changes.Length > 0)
        {
            Replace(replacement, path, [.. repaired.Changes.Take(ChangesShown)], repaired.Changes.Length, WriteWholeAsync);
        }
        WriteRepaired(repaired, replacement is not null);

        Task WriteWholeAsync(Stream file, CancellationToken token) => file.WriteAllAsync(repaired.Utf8Json, token).AsTask();
    }

    // Twice through the file: once to tell what there is to change, and again to write it, so that a file of any length is held a line at a time.
    private void RepairLines(string path, FileReplacement? replacement)
    {
        List<RequestChange> shown = [];
        int changes = 0;
        BatchIds ids = new();
        bool any = ProcessLines(
            path,
            line =>
            {
                RepairedRequest repaired = Pump.Compute(line.Json.Length, token => RepairLine(path, line, ids, token));
                Report(repaired, repaired.Source, Shorten(path));
                shown.AddRange(repaired.Changes.Take(ChangesShown - shown.Count));
                changes += repaired.Changes.Length;
                WriteRepaired(repaired, replacement is not null);
            },
            done: replacement is null ? "repaired" : null);
        if (!any)
        {
            Report(Repair([], new RequestCheckOptions { Source = path }), path, Shorten(path));
        }
        if (replacement is not null && changes > 0)
        {
            Replace(
                replacement,
                path,
                shown,
                changes,
                (file, token) => LineRewriter.CopyAsync(path, file, (json, number) => RepairLine(path, new RequestLine(number, json), null, token).Utf8Json, token));
        }
    }

    private RepairedRequest RepairLine(string path, RequestLine line, BatchIds? ids, CancellationToken cancellationToken)
    {
        RequestCheckOptions check = new() { Source = $"{path}:{line.Number.ToString(CultureInfo.InvariantCulture)}", FirstLine = line.Number, BatchIds = ids };
        return line.IsTooLong
            ? new RepairedRequest([], [], RequestValidator.Validate(line, check), null)
            : RequestRepair.Repair(line.Json.ToArray(), With(check), cancellationToken);
    }

    private void ProcessValue(object? value, object? input)
    {
        if (InPlace)
        {
            throw ApiErrors.InvalidValue("InPlace", "This is no file, so nothing can be written back in place: give the file itself, by -Path or by Get-Item.", ShowExamples);
        }
        RepairedRequest repaired = RepairValue(value, input);
        Report(repaired, input, null);
        WriteRepaired(repaired, isInPlace: false);
    }

    private RepairedRequest RepairValue(object? value, object? input)
    {
        RequestCheckOptions withoutPositions = new() { HasPositions = false };
        return value switch
        {
            string text => Repair(Encode(text, ShowExamples), RequestCheckOptions.Default),
            byte[] bytes => Repair(bytes, RequestCheckOptions.Default),
            RepairedRequest repaired => Repair(repaired.Utf8Json, new RequestCheckOptions { Source = repaired.Source }),
            ErrorRecord or Exception => Repair(RequestOf(value), withoutPositions, ErrorSighting.Own(value)!.Context),
            null => throw ApiErrors.MissingField("InputObject", "There is no request to repair: the input is null.", ShowExamples),
            _ => Repair(PSObjectJson.ToUtf8(input), withoutPositions),
        };
    }

    private RepairedRequest Repair(byte[] text, RequestCheckOptions check, ContextLength? told = null) =>
        Pump.Compute(text.Length, token => RequestRepair.Repair(text, With(check, told), token));

    // What a service said of its context window counts more than what is known of it here.
    private RepairOptions With(RequestCheckOptions check, ContextLength? told = null) => _options with
    {
        Check = told?.Maximum is int window ? check with { ContextWindow = _ => window } : check,
        Length = told,
    };

    private void Report(RepairedRequest repaired, object? target, string? file)
    {
        bool tooLong = repaired.Fit?.Outcome == ContextFitOutcome.TooLong;
        foreach (Finding finding in repaired.Findings)
        {
            if (tooLong && finding.Code == ContextFit.Code)
            {
                // Said below, with why it cannot be made to fit.
                continue;
            }
            if (finding.Severity == FindingSeverity.Error)
            {
                byte[] request = finding is { IsOfFrame: true, Fix: not null } ? repaired.Utf8Json : repaired.Body;
                WriteFailure(RequestFailure.Create(finding, repaired.Report, request, file), target);
            }
            else
            {
                WriteWarning(VisibleText.Line(RequestFailure.Locate(finding, file) + finding.Message));
            }
        }
        if (tooLong)
        {
            WriteFailure(ApiErrors.ContextLengthExceeded(repaired.Fit!.Message, repaired.Report, repaired.Body), target, file);
        }
        if (repaired.IsUnfinished)
        {
            WriteWarning($"{(file is null ? string.Empty : VisibleText.Line(file) + ": ")}There is more to mend than is mended at once: repair what came of it again.");
        }
        foreach (RequestChange change in repaired.Changes)
        {
            WriteVerbose((file ?? string.Empty) + change);
        }
    }

    private void WriteRepaired(RepairedRequest repaired, bool isInPlace)
    {
        if (!isInPlace || PassThru)
        {
            Write(repaired);
        }
    }

    private void Replace(FileReplacement replacement, string path, List<RequestChange> shown, int changes, Func<Stream, CancellationToken, Task> write)
    {
        string file = VisibleText.Line(Shorten(path));
        string more = changes > shown.Count ? $"\n... and {changes - shown.Count} more" : string.Empty;
        string list = string.Concat(shown.Select(change => "\n" + change)) + more;
        string count = changes == 1 ? "1 change" : $"{changes.ToString("N0", CultureInfo.InvariantCulture)} changes";
        if (ShouldProcess($"Repairing \"{file}\" in place, {count}:{list}", $"Repair \"{file}\" in place, {count}?{list}", "Confirm"))
        {
            string backup = Pump.Await(token => replacement.CommitAsync(write, token));
            WriteVerbose($"{file}: repaired; what was there is in {Shorten(backup)}");
        }
    }
}
