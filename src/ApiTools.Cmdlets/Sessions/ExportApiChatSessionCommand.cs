using System.Management.Automation;
using ApiTools.Errors;
using ApiTools.Files;
using ApiTools.Sessions;

namespace ApiTools.Cmdlets;

/// <summary>Export-ApiChatSession: keeps a session in a file, as JSON that is a request's body too.</summary>
[Cmdlet(VerbsData.Export, "ApiChatSession", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
public sealed class ExportApiChatSessionCommand : ApiCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private bool _isWritten;

    /// <summary>The file to write. With wildcards, the one file that they name.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JsonFileCompleter))]
    public string Path { get; set; } = string.Empty;

    /// <summary>The file to write, its name taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JsonFileCompleter))]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>The session.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ChatSessionArgument]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public ApiChatSession Session { get; set; } = null!;

    /// <summary>Replaces a file that is read-only too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves a file that is there already as it is, with an error.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string given = ParameterSetName == PathSet ? Path : LiteralPath;
        if (_isWritten)
        {
            ThrowFailure(
                ApiErrors.InvalidValue("Session", "A file holds one session, and a second one came in: export each to a file of its own.", "Get-Help Export-ApiChatSession -Examples"), Session);
        }
        _isWritten = true;
        WriteFailures(given, () =>
        {
            string file = ParameterSetName == PathSet ? FilePaths.ToWrite(SessionState, given) : FilePaths.Full(SessionState, given);
            if (ShouldProcess(file, $"Export the session ({Session})"))
            {
                Pump.Run(token => SessionFile.WriteAsync(Session, file, Existing, token));
            }
        });
    }

    private ExistingFile Existing => NoClobber ? ExistingFile.Keep : Force ? ExistingFile.ReplaceReadOnly : ExistingFile.Replace;
}
