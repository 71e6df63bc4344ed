using ApiTools.Diagnostics;
using ApiTools.Errors;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>The base of cmdlets that read logs.</summary>
public abstract class LogFileCmdlet : ApiPathCmdlet
{
    /// <summary>Is given each entry, the oldest first.</summary>
    private protected abstract void ProcessEntry(ApiLogEntry entry);

    /// <summary>Reads the logs that the parameters name, each with its full files before it.</summary>
    private protected void ProcessLogs() => ProcessLogs([.. FindFiles()]);

    /// <summary>Reads logs by their full paths, each with its full files before it.</summary>
    private protected void ProcessLogs(IReadOnlyList<string> files)
    {
        foreach (string file in LogFamily.Expand(files))
        {
            WriteFailures(file, () => ProcessFile(file));
        }
    }

    /// <summary>The log of the default connection, or the one that the environment names.</summary>
    /// <exception cref="ApiException">missing_required_field: there is neither.</exception>
    private protected string DefaultLog()
    {
        string? path = ConnectionStore.Process.Find(ApiConnection.DefaultName)?.LogPath ?? Environment.GetEnvironmentVariable(EnvironmentConnection.LogVariable);
        return string.IsNullOrEmpty(path)
            ? throw ApiErrors.MissingField("Path", "There is no log to read: the connection has none, and none is named.", "Connect-ApiService -LogPath ./api-log.jsonl")
            : FilePaths.Full(SessionState, path!);
    }

    private protected override void ProcessFile(string path)
    {
        using LogReader reader = Pump.Await(token => LogReader.OpenAsync(path, token));
        while (Pump.Await(reader.ReadAsync) is IReadOnlyList<ApiLogEntry> entries)
        {
            foreach (ApiLogEntry entry in entries)
            {
                ProcessEntry(entry);
            }
        }
        TellOfTheRest(reader, VisibleText.Line(Shorten(path)));
    }

    private void TellOfTheRest(LogReader reader, string name)
    {
        if (reader.ForeignLines > 0)
        {
            string more = reader.ForeignLines > reader.ForeignNumbers.Count ? ", …" : string.Empty;
            WriteWarning($"'{name}' has {reader.ForeignLines} lines that are none of a log's, which are left out: {string.Join(", ", reader.ForeignNumbers)}{more}.");
        }
        if (reader.TornBytes > 0)
        {
            WriteVerbose($"The last {reader.TornBytes} bytes of '{name}' are half a line: it is being written, or a process died while it wrote.");
        }
    }
}
