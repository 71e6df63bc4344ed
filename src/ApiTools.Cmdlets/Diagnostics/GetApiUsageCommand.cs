using System.Collections;
using System.Management.Automation;
using ApiTools.Diagnostics;

namespace ApiTools.Cmdlets;

/// <summary>Get-ApiUsage: what was sent in this session, or what a log says: requests, tokens, retries, errors, times, and what they cost.</summary>
[Cmdlet(VerbsCommon.Get, "ApiUsage", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(ApiUsage))]
public sealed class GetApiUsageCommand : LogFileCmdlet
{
    private const string SessionSet = "Session";
    private const string InputObjectSet = "InputObject";

    private readonly UsageTable _ofLogs = new();
    private WildcardPattern[]? _connections;
    private WildcardPattern[]? _models;
    private PriceList? _prices;

    /// <summary>Entries of a log, from Get-ApiLog, that are counted in place of this session.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [ValidateNotNull]
    public ApiLogEntry? InputObject { get; set; }

    /// <summary>Logs that are counted in place of this session; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Alias("LogPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JsonLinesFileCompleter))]
    public override string[] Path { get; set; } = [];

    /// <summary>Logs that are counted in place of this session, their names taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JsonLinesFileCompleter))]
    public override string[] LiteralPath { get; set; } = [];

    /// <summary>Names of connections; wildcards are allowed. All where left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Connection { get; set; }

    /// <summary>Models; wildcards are allowed. All where left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? Model { get; set; }

    /// <summary>What a million tokens cost, by model: @{ 'gpt-4o' = @{ Input = 2.5; Output = 10; CachedInput = 1.25 } }; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Price { get; set; }

    /// <summary>Writes one object for all connections and models together.</summary>
    [Parameter]
    public SwitchParameter Total { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _connections = RunOrThrow(() => NameFilter.Patterns(Connection, nameof(Connection)), null);
        _models = RunOrThrow(() => NameFilter.Patterns(Model, nameof(Model)), null);
        _prices = Price is null ? null : RunOrThrow(() => new PriceList(Price), null);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == InputObjectSet)
        {
            ProcessEntry(InputObject!);
        }
        else if (ParameterSetName != SessionSet)
        {
            ProcessLogs();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        UsageTable table = ParameterSetName == SessionSet ? UsageTable.Session : _ofLogs;
        IReadOnlyList<ApiUsage> rows = table.Read(IsWanted);
        AddCosts(rows);
        if (!Total)
        {
            WriteObject(rows, enumerateCollection: true);
            return;
        }
        ApiUsage total = table.Sum(IsWanted);
        total.Cost = rows.Any(row => row.Cost is not null) ? rows.Sum(row => row.Cost ?? 0) : null;
        WriteObject(total);
    }

    private protected override void ProcessEntry(ApiLogEntry entry) => _ofLogs.Add(UsageEvent.Of(entry));

    private void AddCosts(IReadOnlyList<ApiUsage> rows)
    {
        foreach (ApiUsage row in rows)
        {
            row.Cost = _prices?.Find(row.Model)?.Of(row);
        }
        string[] unpriced = [.. rows.Where(row => row.Cost is null && row.InputTokens + row.OutputTokens > 0).Select(row => $"'{Display.Line(row.Model, 60)}'").Distinct()];
        if (_prices is not null && unpriced.Length > 0)
        {
            WriteWarning($"No price was given for {string.Join(", ", unpriced)}: what that cost is in no sum.");
        }
    }

    private bool IsWanted(string connection, string model) => NameFilter.Fits(connection, _connections) && NameFilter.Fits(model, _models);
}
