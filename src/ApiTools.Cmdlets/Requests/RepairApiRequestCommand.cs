using System.Globalization;
using System.Management.Automation;
using ApiTools.Errors;
using ApiTools.Files;
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
public sealed class RepairApiRequestCommand : ApiRequestCmdlet
{
    // Of a file with more changes, the first ones tell enough before it is replaced.
    private const int ChangesShown = 20;

    private RepairOptions _options = RepairOptions.Default;

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

    private protected override string Verb => "repair";

    private protected override void ProcessWhole(string path)
    {
        FileReplacement? replacement = Replacement(path);
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
    private protected override void ProcessLines(string path)
    {
        FileReplacement? replacement = Replacement(path);
        List<RequestChange> shown = [];
        int changes = 0;
        BatchIds ids = new();
        bool any = ReadLines(
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

    private FileReplacement? Replacement(string path) => InPlace ? new FileReplacement(path) : null;

    private RepairedRequest RepairLine(string path, RequestLine line, BatchIds? ids, CancellationToken cancellationToken)
    {
        RequestCheckOptions check = new() { Source = PlaceOf(path, line), FirstLine = line.Number, BatchIds = ids };
        return line.IsTooLong
            ? new RepairedRequest([], [], RequestValidator.Validate(line, check), null)
            : RequestRepair.Repair(line.Json.ToArray(), With(check), cancellationToken);
    }

    private protected override void ProcessValue(object? value, object? input)
    {
        if (InPlace)
        {
            throw ApiErrors.InvalidValue("InPlace", "This is no file, so nothing can be written back in place: give the file itself, by -Path or by Get-Item.", ShowExamples);
        }
        (byte[] json, RequestCheckOptions check) = ReadValue(value, input);
        RepairedRequest repaired = Repair(json, check, ErrorSighting.Own(value)?.Context);
        Report(repaired, input, null);
        WriteRepaired(repaired, isInPlace: false);
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
        Lazy<byte[]> body = new(() => repaired.Body);
        bool tooLong = repaired.Fit?.Outcome == ContextFitOutcome.TooLong;
        foreach (Finding finding in repaired.Findings)
        {
            if (tooLong && finding.Code == ContextFit.Code)
            {
                // Said below, with why it cannot be made to fit.
                continue;
            }
            WriteFinding(finding, repaired.Report, repaired.Utf8Json, body, target, file);
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
