namespace ApiTools.Batch;

/// <summary>Counts what is in a journal, each input once.</summary>
internal sealed class JournalSummarizer
{
    private readonly JournalIndex _index = new();
    private readonly SortedSet<string> _models = new(StringComparer.Ordinal);
    private long _tokens;
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;

    /// <summary>Counts an entry.</summary>
    public void Add(JournalItem item)
    {
        if (item.Entry is not JournalEntry entry)
        {
            return;
        }
        _index.Add(item.Id, entry.Line, entry.Status == JournalStatus.Answered);
        _tokens += entry.Usage?.TotalTokens ?? 0;
        if (entry.Completion?.Model is string model)
        {
            _models.Add(model);
        }
        if (entry.Time is DateTimeOffset time)
        {
            _first = _first < time ? _first : time;
            _last = _last > time ? _last : time;
        }
    }

    /// <summary>The numbers, when all is read.</summary>
    public JournalSummary Sum(JournalReader reader, string path)
    {
        bool isInUse = JournalLock.IsHeld(path);
        return new JournalSummary(path)
        {
            Jobs = reader.Jobs,
            Answered = _index.Answered,
            Failed = _index.Failed,
            Tokens = _tokens,
            FirstTime = _first,
            LastTime = _last,
            Models = [.. _models],
            Bytes = reader.Bytes,
            IsInUse = isInUse,
            TornBytes = isInUse ? 0 : reader.TornBytes,
        };
    }
}
