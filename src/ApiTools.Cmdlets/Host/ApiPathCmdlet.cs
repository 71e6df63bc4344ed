using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>The base of cmdlets that take files by <c>-Path</c> and <c>-LiteralPath</c>: each that cannot be read is an error of its own.</summary>
public abstract class ApiPathCmdlet : ApiCmdlet
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    /// <summary>Files to read; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public virtual string[] Path { get; set; } = [];

    /// <summary>Files to read, their names taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public virtual string[] LiteralPath { get; set; } = [];

    /// <summary>Reads one file.</summary>
    /// <param name="path">Its full path.</param>
    /// <exception cref="ApiException">It cannot be read: written as a non-terminating error.</exception>
    private protected abstract void ProcessFile(string path);

    /// <summary>Reads the files that the parameters name.</summary>
    private protected void ProcessFiles()
    {
        foreach (string file in FindFiles())
        {
            WriteFailures(file, () => ProcessFile(file));
        }
    }

    /// <summary>The full paths of the files that the parameters name, in their order; a path that names none is an error of its own.</summary>
    private protected IEnumerable<string> FindFiles() => Path.SelectMany(Resolve).Concat(LiteralPath.SelectMany(TakeLiterally));

    /// <summary>A path as a person would write it from here: without the current folder before it.</summary>
    private protected string Shorten(string path) => FilePaths.Shorten(SessionState, path);

    private IReadOnlyList<string> Resolve(string path)
    {
        IReadOnlyList<string> files = [];
        WriteFailures(path, () => files = FilePaths.Resolve(SessionState, path));
        return files;
    }

    private IReadOnlyList<string> TakeLiterally(string path)
    {
        IReadOnlyList<string> files = [];
        WriteFailures(path, () => files = [FilePaths.Full(SessionState, path)]);
        return files;
    }
}
