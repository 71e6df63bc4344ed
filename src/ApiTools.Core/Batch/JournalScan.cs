using System.Text.Json;
using ApiTools.Errors;
using ApiTools.Validation;

namespace ApiTools.Batch;

/// <summary>
/// Reads a journal from its beginning to its end, and finds what is in it, and where its whole lines end. A last line that a crash tore is not
/// an error but the end; one in the middle that is damaged is.
/// </summary>
/// <param name="file">The open file, at its beginning.</param>
/// <param name="path">Its path, for errors.</param>
internal sealed class JournalScan(Stream file, string path)
{
    private (int Number, string Why)? _torn;

    /// <summary>Where each input's line stands.</summary>
    public JournalIndex Index { get; } = new();

    /// <summary>The job that the last lines are of; null in an empty file.</summary>
    public JobDescription? Job { get; private set; }

    /// <summary>The length of what is whole, in bytes; what stands behind it is torn.</summary>
    public long WholeBytes { get; private set; }

    /// <summary>True where the last whole line lacks its line feed alone.</summary>
    public bool LacksLineFeed { get; private set; }

    /// <summary>Reads the file.</summary>
    /// <exception cref="ApiException">not_a_journal, journal_damaged, file_unreadable.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        JournalLines lines = new(file, path);
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (lines.Number == 1)
            {
                CheckBeginning(lines, path);
            }
            if (_torn is (int number, string why))
            {
                if (!lines.IsVoid)
                {
                    throw ApiErrors.JournalDamaged(path, number, why);
                }
            }
            else if (!lines.IsBlank)
            {
                ReadLine(lines);
            }
            if (_torn is null)
            {
                WholeBytes = lines.Offset + lines.Line.Length + (lines.IsTerminated ? 1 : 0);
                LacksLineFeed = !lines.IsTerminated;
            }
        }
    }

    /// <summary>Refuses a file that is not a journal: nobody's other file is ever written into.</summary>
    /// <exception cref="ApiException">not_a_journal.</exception>
    public static void CheckBeginning(JournalLines lines, string path)
    {
        ReadOnlySpan<byte> line = lines.Line.Span;
        bool isJournal = line.StartsWith(JournalFormat.Beginning)
            // The very first write may be torn too.
            || (!lines.IsTerminated && line.Length > 0 && JournalFormat.Beginning.StartsWith(line));
        if (!isJournal)
        {
            throw ApiErrors.NotAJournal(path, "its first line does not begin a job.");
        }
    }

    /// <summary>What is wrong with a line that is no JSON, in words.</summary>
    public static string Describe(ReadOnlyMemory<byte> line)
    {
        if (line.Span.IndexOf((byte)0) >= 0)
        {
            return "there are NUL bytes in it.";
        }
        FindingList findings = new();
        JsonSyntax.Check(line, findings);
        Finding? fault = findings.InOrder(line, firstLine: 1).FirstOrDefault(finding => finding.Severity == FindingSeverity.Error);
        return fault is null ? "it is no JSON." : FormattableString.Invariant($"at column {fault.Column}, {fault.Message}");
    }

    private void ReadLine(JournalLines lines)
    {
        JournalLine line;
        try
        {
            line = JournalLine.Read(lines.Line);
        }
        catch (JsonException)
        {
            _torn = (lines.Number, Describe(lines.Line));
            return;
        }
        if (line.Fault is string fault)
        {
            throw ApiErrors.JournalDamaged(path, lines.Number, fault);
        }
        if (line.Version is not null)
        {
            Job = JournalHeader.Read(line);
        }
        else
        {
            Index.Add(line.Identify(Job!.Fingerprint), lines.Offset, line.IsAnswered);
        }
    }
}
