using System.Management.Automation;
using ApiTools.Batch;

namespace ApiTools.Cmdlets;

/// <summary>Get-ApiJournal: what a job's journal holds, an entry a line or as numbers.</summary>
[Cmdlet(VerbsCommon.Get, "ApiJournal", DefaultParameterSetName = PathSet)]
[OutputType(typeof(JournalEntry))]
[OutputType(typeof(JournalSummary))]
public sealed class GetApiJournalCommand : ApiPathCmdlet
{
    /// <summary>Journals to read; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JsonLinesFileCompleter))]
    public override string[] Path { get; set; } = [];

    /// <summary>Journals to read, their names taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JsonLinesFileCompleter))]
    public override string[] LiteralPath { get; set; } = [];

    /// <summary>Shows the inputs that were answered, or those that failed. All where left out.</summary>
    [Parameter]
    public JournalStatus? Status { get; set; }

    /// <summary>Writes one object for each journal: how many inputs, tokens, and since when.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ProcessFiles();

    private protected override void ProcessFile(string path)
    {
        using JournalReader reader = new(path);
        JournalSummarizer summarizer = new();
        while (Pump.Await(reader.ReadAsync) is IReadOnlyList<JournalItem> items)
        {
            foreach (JournalItem item in items)
            {
                ProcessItem(item, path, summarizer);
            }
        }
        JournalSummary summary = summarizer.Sum(reader, path);
        if (Summary)
        {
            Write(summary);
        }
        else if (summary.TornBytes > 0)
        {
            WriteVerbose($"The last {summary.TornBytes} bytes of {path} are half a line, which the next run takes off.");
        }
    }

    private void ProcessItem(JournalItem item, string path, JournalSummarizer summarizer)
    {
        if (item.Failure is ApiException failure)
        {
            WriteFailure(failure, path);
        }
        else if (Summary)
        {
            summarizer.Add(item);
        }
        else if (Status is null || item.Entry!.Status == Status)
        {
            Write(item.Entry);
        }
    }
}
