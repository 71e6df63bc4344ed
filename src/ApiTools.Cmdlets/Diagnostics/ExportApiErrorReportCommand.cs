using System.Collections;
using System.Management.Automation;
using System.Runtime.InteropServices;
using ApiTools.Diagnostics;
using ApiTools.Errors;
using ApiTools.Files;
using ApiTools.Http;
using ApiTools.Resolution;

namespace ApiTools.Cmdlets;

/// <summary>Export-ApiErrorReport: writes what a support ticket about a failure needs, without keys and without what was asked.</summary>
[Cmdlet(VerbsData.Export, "ApiErrorReport", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class ExportApiErrorReportCommand : ApiCmdlet
{
    // Text in the first place is the file's name, as of every Export cmdlet; anything else is the failure. PowerShell looks for the set whose type it is
    // before it makes text of it, so that Export-ApiErrorReport $Error[0] never names a file.
    private const string PathSet = "Path";
    private const string InputObjectSet = "InputObject";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>
    /// The failure: an error record, such as $Error[0], or its exception, also of another tool, as Resolve-ApiError takes them; or what Resolve-ApiError gave.
    /// The newest failure of ApiTools where left out.
    /// </summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = LiteralPathSet)]
    [ValidateNotNull]
    public object? InputObject { get; set; }

    /// <summary>The file to write. With wildcards, the one file that they name. The report goes to the pipeline where left out.</summary>
    [Parameter(Position = 0, ParameterSetName = PathSet)]
    [Parameter(Position = 1, ParameterSetName = InputObjectSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Path { get; set; }

    /// <summary>The file to write, its name taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>Markdown for people, where left out, or Json for programs.</summary>
    [Parameter]
    public ErrorReportFormat As { get; set; }

    /// <summary>Shows what was asked, and not its length alone: for a report that only support sees.</summary>
    [Parameter]
    public SwitchParameter IncludeContent { get; set; }

    /// <summary>Writes the report to the pipeline too where it is written to a file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Replaces a file that is read-only too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves a file that is there already as it is, with an error.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    private readonly List<string> _reports = [];

    private string? Given => LiteralPath ?? Path;

    private ExistingFile Existing => NoClobber ? ExistingFile.Keep : Force ? ExistingFile.ReplaceReadOnly : ExistingFile.Replace;

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteFailures(InputObject, () =>
    {
        ErrorReport report = Whole.Of(InputObject) is object given ? Report(given) : new(Newest(), Options());
        string text = As == ErrorReportFormat.Json ? ErrorReportJson.Write(report) : ErrorReportMarkdown.Write(report);
        _reports.Add(text);
        if (Given is null)
        {
            WriteObject(text);
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Given is not string given || _reports.Count == 0)
        {
            return;
        }
        string text = string.Join("\n", _reports);
        // Seen before it is written: whoever posts it should know what is in it.
        WriteInformation(new HostInformationMessage { Message = text, NoNewLine = true }, ["PSHOST"]);
        WriteFailures(given, () =>
        {
            string file = LiteralPath is null ? FilePaths.ToWrite(SessionState, given) : FilePaths.Full(SessionState, given);
            if (ShouldProcess(file, "Write the report"))
            {
                Pump.Run(token => ReportFile.WriteAsync(file, text, Existing, token));
            }
        });
        if (PassThru)
        {
            WriteObject(text);
        }
    }

    private ErrorReportOptions Options() => new()
    {
        IncludeContent = IncludeContent,
        Keys = [.. ConnectionStore.Process.All.Select(connection => connection.KeyText).OfType<string>()],
        Versions =
        [
            new("ApiTools", typeof(ApiException).Assembly.GetName().Version?.ToString(3) ?? string.Empty),
            new("PowerShell", Version()),
            new(".NET", RuntimeInformation.FrameworkDescription),
            new("System", $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})"),
        ],
    };

    private string Version() =>
        SessionState.PSVariable.GetValue("PSVersionTable") is IDictionary table ? $"{table["PSVersion"]} {table["PSEdition"]}" : string.Empty;

    private ErrorReport Report(object given)
    {
        if (ErrorSighting.Own(given) is ApiException own)
        {
            return new ErrorReport(own, Options());
        }
        // Another tool's: as Resolve-ApiError reads it.
        ResolvedApiError resolved = given as ResolvedApiError ?? (given is string text ? ErrorResolver.Resolve(text, TimeProvider.System) : ErrorSighting.Resolve(given, InputObject))
            ?? throw ApiErrors.InvalidValue(
                "InputObject",
                $"A report is made of a failure of an API, and none is recognised in this {(given is ErrorRecord record ? $"error of another command ({record.FullyQualifiedErrorId})" : given.GetType().Name)}.",
                "$Error | Where-Object { $_.Exception -is [ApiTools.ApiException] } | Select-Object -First 1 | Export-ApiErrorReport");
        bool isOwn = FailureContext.Of(resolved.Exception) is not null;
        return new ErrorReport(resolved.Exception, isOwn ? Options() : Options() with { Source = resolved.Source, Host = resolved.Host, Model = resolved.Model });
    }

    private ApiException Newest()
    {
        object? errors = SessionState.PSVariable.GetValue("global:Error");
        foreach (object? error in errors as IEnumerable ?? Array.Empty<object>())
        {
            if (ErrorSighting.Own(Whole.Of(error)) is ApiException exception)
            {
                return exception;
            }
        }
        throw ApiErrors.MissingField("InputObject", "There is no failure of ApiTools in $Error to report.", "Get-ApiLog -Failed");
    }
}
