using System.Management.Automation;
using ApiTools.Sessions;

namespace ApiTools.Cmdlets;

/// <summary>Import-ApiChatSession: a session from a file, to go on with.</summary>
[Cmdlet(VerbsData.Import, "ApiChatSession", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ApiChatSession))]
public sealed class ImportApiChatSessionCommand : ApiPathCmdlet
{
    /// <summary>Files to read, one session each; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JsonFileCompleter))]
    public override string[] Path { get; set; } = [];

    /// <summary>Files to read, their names taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JsonFileCompleter))]
    public override string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ProcessFiles();

    private protected override void ProcessFile(string path) => Write(Pump.Await(token => SessionFile.ReadAsync(path, Shorten(path), token)));
}
