using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>Get-ApiLog: what a connection's log holds, a request each.</summary>
[Cmdlet(VerbsCommon.Get, "ApiLog", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ApiLogEntry))]
public sealed class GetApiLogCommand : LogFileCmdlet
{
    private readonly Queue<ApiLogEntry> _last = new();

    /// <summary>Logs to read; wildcards are allowed. The default connection's, or that of $env:APITOOLS_LOG, where left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JsonLinesFileCompleter))]
    public override string[] Path { get; set; } = [];

    /// <summary>Logs to read, their names taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JsonLinesFileCompleter))]
    public override string[] LiteralPath { get; set; } = [];

    /// <summary>Shows requests that began then or later.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Shows requests that began before then.</summary>
    [Parameter]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Shows requests that failed with one of these codes; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ErrorCodeCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Code { get; set; }

    /// <summary>Shows requests to one of these models; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? Model { get; set; }

    /// <summary>Shows requests that did not succeed.</summary>
    [Parameter]
    public SwitchParameter Failed { get; set; }

    /// <summary>Shows the requests that the service knows by these names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? RequestId { get; set; }

    /// <summary>Shows the last so many of them.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int? Tail { get; set; }

    private LogEntryFilter _filter = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _filter = RunOrThrow(ReadFilter, null);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Path.Length > 0 || LiteralPath.Length > 0)
        {
            ProcessLogs();
        }
        else
        {
            WriteFailures(null, () => ProcessLogs([DefaultLog()]));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (ApiLogEntry entry in _last)
        {
            Write(entry);
        }
    }

    private LogEntryFilter ReadFilter() => new()
    {
        Since = Since,
        Until = Until,
        Failed = Failed,
        RequestIds = RequestId,
        Codes = NameFilter.Patterns(Code, nameof(Code)),
        Models = NameFilter.Patterns(Model, nameof(Model)),
    };

    private protected override void ProcessEntry(ApiLogEntry entry)
    {
        if (!_filter.Matches(entry))
        {
            return;
        }
        if (Tail is not int count)
        {
            Write(entry);
            return;
        }
        _last.Enqueue(entry);
        if (_last.Count > count)
        {
            _last.Dequeue();
        }
    }
}
