using System.Globalization;

namespace ApiTools.Batch;

/// <summary>How far a job of many inputs is: counts, pace, and what that says of its end.</summary>
/// <remarks>For one thread, the pipeline's.</remarks>
internal sealed class JobProgress(TimeProvider time)
{
    // The pace is that of the last samples, so that a long wait, or answers from a journal, do not colour it for ever.
    private const int MaximumSamples = 30;

    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(1);

    private readonly Queue<(long Time, long Sent)> _samples = new([(time.GetTimestamp(), 0)]);
    private long _lastSample = time.GetTimestamp();

    /// <summary>Inputs that were answered, by the service or from the journal.</summary>
    public long Done { get; private set; }

    /// <summary>Inputs that failed.</summary>
    public long Failed { get; private set; }

    /// <summary>Of those done, the ones that the journal answered.</summary>
    public long FromJournal { get; private set; }

    /// <summary>Tokens of the answers that were sent for, prompts included.</summary>
    public long Tokens { get; private set; }

    /// <summary>How many inputs there are in all; null where that is not known.</summary>
    public long? Total { get; set; }

    /// <summary>The share of the input that has been read, 0 to 1, where only that is known.</summary>
    public double? Read { get; set; }

    /// <summary>Counts an answer.</summary>
    public void Succeed(ChatCompletion completion)
    {
        Done++;
        if (completion.FromJournal)
        {
            FromJournal++;
        }
        else
        {
            Tokens += completion.Usage?.TotalTokens ?? 0;
        }
        Sample();
    }

    /// <summary>Counts a failure.</summary>
    public void Fail()
    {
        Failed++;
        Sample();
    }

    /// <summary>Finished inputs a second, those from the journal left out, over the last half minute.</summary>
    public double PerSecond
    {
        get
        {
            (long begin, long sent) = _samples.Peek();
            double seconds = time.GetElapsedTime(begin).TotalSeconds;
            return seconds > 0 ? (Sent - sent) / seconds : 0;
        }
    }

    /// <summary>The share of the work that is done, 0 to 100; null where it is not known.</summary>
    public int? Percent => ExpectedTotal is double total and > 0 ? (int)Math.Min(100, Finished * 100 / total) : null;

    /// <summary>The time until the end at this pace; null where there is no telling.</summary>
    public TimeSpan? Left
    {
        get
        {
            double pace = PerSecond;
            return ExpectedTotal is double total && pace > 0 && (total - Finished) / pace is double seconds and >= 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null;
        }
    }

    /// <summary>One line: <c>1,204 done (200 from the journal), 3 failed, 41.2 a second, 312,000 tokens</c>.</summary>
    public override string ToString()
    {
        List<string> parts = [Count(Done) + " done" + (FromJournal > 0 ? $" ({Count(FromJournal)} from the journal)" : string.Empty)];
        if (Failed > 0)
        {
            parts.Add(Count(Failed) + " failed");
        }
        parts.Add(Pace(PerSecond) + " a second");
        if (Tokens > 0)
        {
            parts.Add(Count(Tokens) + " tokens");
        }
        return string.Join(", ", parts);
    }

    private long Finished => Done + Failed;

    private long Sent => Finished - FromJournal;

    private double? ExpectedTotal => Total is long total ? total : Read is double read and > 0 ? Finished / read : null;

    private void Sample()
    {
        if (time.GetElapsedTime(_lastSample) < SampleInterval)
        {
            return;
        }
        _lastSample = time.GetTimestamp();
        _samples.Enqueue((_lastSample, Sent));
        if (_samples.Count > MaximumSamples)
        {
            _samples.Dequeue();
        }
    }

    private static string Pace(double value) => value.ToString(value < 100 ? "0.#" : "N0", CultureInfo.InvariantCulture);

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
