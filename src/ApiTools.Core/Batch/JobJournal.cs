using ApiTools.Errors;

namespace ApiTools.Batch;

/// <summary>
/// The journal of a job: a file in which each finished input stands on a line of its own, so that a job that was broken off goes on where it was, and
/// nothing that was paid for is paid for twice.
/// </summary>
internal sealed class JobJournal : IAsyncDisposable, IDisposable
{
    private readonly JournalLock _lock;
    private readonly FileStream _reading;
    private readonly JournalWriter _writer;
    private readonly JournalIndex _index;
    private readonly InputIdentifier _inputs;
    private readonly TimeProvider _time;

    private JobJournal(JournalOpening opening, TimeProvider time)
    {
        Path = opening.Path;
        HealedBytes = opening.HealedBytes;
        StartsNewJob = opening.StartsNewJob;
        Changes = opening.Changes;
        _lock = opening.Lock!;
        _reading = opening.Reading!;
        _writer = new JournalWriter(opening.Writing!, opening.Path);
        _index = opening.Index!;
        _inputs = new InputIdentifier(opening.Job.Fingerprint);
        _time = time;
    }

    /// <summary>The file, as it was named.</summary>
    public string Path { get; }

    /// <summary>How many bytes of a torn last line were taken off when it was opened.</summary>
    public long HealedBytes { get; }

    /// <summary>True where the file has an earlier job, of another model or other parameters.</summary>
    public bool StartsNewJob { get; }

    /// <summary>In what this job differs from the one before it; empty where it goes on with that, or is the first.</summary>
    public IReadOnlyList<JobChange> Changes { get; }

    /// <summary>How many inputs had an answer when it was opened.</summary>
    public int Answered => _index.Answered;

    /// <summary>How many inputs had failed when it was opened.</summary>
    public int Failed => _index.Failed;

    /// <summary>What made it unwritable; null while it is not. Nothing more is to be sent then.</summary>
    public ApiException? Failure => _writer.Failure;

    /// <summary>Opens a journal, or begins one, and keeps every other writer out until it is disposed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="job">What all requests of the job share.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the reading of what is there.</param>
    /// <exception cref="ApiException">journal_in_use, journal_damaged, journal_unwritable, not_a_journal, file_unreadable.</exception>
    public static Task<JobJournal> OpenAsync(string path, JobDescription job, TimeProvider time, CancellationToken cancellationToken) =>
        OpenAsync(path, job, time, JournalOpening.OpenForWriting, cancellationToken);

    /// <summary>Opens a journal over a file that is opened in the caller's own way.</summary>
    internal static async Task<JobJournal> OpenAsync(
        string path, JobDescription job, TimeProvider time, Func<string, FileStream> open, CancellationToken cancellationToken)
    {
        JournalOpening opening = new(path, job);
        try
        {
            await opening.RunAsync(open, time, cancellationToken).ConfigureAwait(false);
            return new JobJournal(opening, time);
        }
        catch
        {
            opening.Dispose();
            throw;
        }
    }

    /// <summary>The input that a request is, told apart by its content. From one thread, in the order of the inputs.</summary>
    /// <param name="request">UTF-8 JSON, as it is sent.</param>
    /// <param name="customId">The <c>custom_id</c> of its JSONL line; null where it has none.</param>
    public JournalInput Identify(ReadOnlySpan<byte> request, string? customId) => _inputs.ByContent(request, customId);

    /// <summary>The input with a key. From one thread.</summary>
    /// <exception cref="ApiException">invalid_value: the key is empty, or another input of this run has it.</exception>
    public JournalInput IdentifyByKey(string key, ReadOnlySpan<byte> request) => _inputs.ByKey(key, request);

    /// <summary>
    /// What the journal had of an input when it was opened; null where the input is to be sent, for the first time or again. From one thread.
    /// </summary>
    public JournalMatch? Find(JournalInput input)
    {
        if (_index.Find(input.Id) is not long offset || JournalLineAt.Read(_reading, offset, Path) is not JournalEntry entry)
        {
            return null;
        }
        bool isOther = entry.Request is not null && entry.Request != input.Request;
        if (input.Occurrence is not null && isOther)
        {
            return null;
        }
        if (entry.Completion is ChatCompletion completion)
        {
            completion.CustomId = input.Key;
            return new JournalMatch(completion, null, isOther);
        }
        return !isOther && IsOfNoUse(entry.Failure!) ? new JournalMatch(null, entry.Failure, false) : null;
    }

    /// <summary>Records an answer. The task ends when it is on the disk. No token: what was paid for is recorded.</summary>
    /// <exception cref="ApiException">journal_unwritable. It carries the answer, as PartialContent.</exception>
    public async Task AppendAsync(JournalInput input, ChatCompletion completion)
    {
        completion.CustomId = input.Key;
        try
        {
            await _writer.AppendAsync(JournalEntryWriter.Write(input, completion, _time.GetUtcNow())).ConfigureAwait(false);
        }
        catch (ApiException unwritable)
        {
            ApiException unrecorded = ApiErrors.AnswerUnrecorded(unwritable);
            unrecorded.PartialContent = completion.Content;
            unrecorded.AttemptHistory = completion.AttemptHistory;
            throw unrecorded;
        }
    }

    /// <summary>Records a failure. The task ends when it is on the disk.</summary>
    /// <exception cref="ApiException">journal_unwritable. It carries the failure, as FirstError.</exception>
    public async Task AppendAsync(JournalInput input, ApiException failure)
    {
        try
        {
            await _writer.AppendAsync(JournalEntryWriter.Write(input, failure, _time.GetUtcNow())).ConfigureAwait(false);
        }
        catch (ApiException unwritable)
        {
            ApiException unrecorded = ApiErrors.FailureUnrecorded(unwritable);
            unrecorded.FirstError = failure;
            throw unrecorded;
        }
    }

    /// <summary>Writes what waits, closes the file and lets others write.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        _reading.Dispose();
        _lock.Dispose();
    }

    /// <summary>The same, for a caller that cannot await: it blocks while the disk takes what waits, and never on the network.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    // The request itself is at fault, as the service said. A request that the check refused costs nothing to check again, and whether a model is
    // offered is the service's affair, which may have changed.
    private static bool IsOfNoUse(ApiException failure) =>
        failure is ApiRequestException { Retry: RetryAdvice.Never, Status: not null } && failure.Code != "model_not_supported";
}
