using System.Globalization;
using System.Management.Automation;
using ApiTools.Batch;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Shows a person how far a command is: of one call its waits, of many the counts, the pace and the time left. For the pipeline thread.</summary>
internal sealed class JobDisplay(Cmdlet cmdlet, TimeProvider time)
{
    private const int Activity = 1;

    // A record costs a host some milliseconds to draw; a person reads no faster than this.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<object, (RetryWait Wait, TimeSpan Left)> _waits = [];
    private long _shownAt = time.GetTimestamp();
    private bool _isShown;

    /// <summary>The counts.</summary>
    public JobProgress Progress { get; } = new(time);

    /// <summary>Whether there is more than one input.</summary>
    public bool IsJob { get; set; }

    /// <summary>A call waits.</summary>
    /// <param name="call">Which.</param>
    /// <param name="wait">Why.</param>
    /// <param name="left">What is left of it; zero at its end.</param>
    public void Wait(object call, RetryWait wait, TimeSpan left)
    {
        if (left > TimeSpan.Zero)
        {
            _waits[call] = (wait, left);
        }
        else
        {
            _waits.Remove(call);
        }
        if (IsJob)
        {
            Update();
        }
        else
        {
            ShowWait(wait, left);
        }
    }

    /// <summary>Shows the counts as they are now, unless they were shown a moment ago.</summary>
    public void Update()
    {
        if (!IsJob || time.GetElapsedTime(_shownAt) < Interval)
        {
            return;
        }
        _shownAt = time.GetTimestamp();
        ProgressRecord record = new(Activity, "Sending chats", Progress.ToString() + Waiting());
        if (Progress.Percent is int percent)
        {
            record.PercentComplete = percent;
        }
        if (Progress.Left is TimeSpan left)
        {
            record.SecondsRemaining = (int)Math.Min(int.MaxValue, Math.Ceiling(left.TotalSeconds));
        }
        Show(record);
    }

    /// <summary>Takes away what is shown.</summary>
    public void End()
    {
        if (_isShown)
        {
            Show(new ProgressRecord(Activity, "Sending chats", "Done") { RecordType = ProgressRecordType.Completed });
            _isShown = false;
        }
    }

    private void ShowWait(RetryWait wait, TimeSpan left)
    {
        if (left <= TimeSpan.Zero)
        {
            End();
            return;
        }
        Show(new ProgressRecord(Activity, "Waiting to try again", Describe(wait, left)) { SecondsRemaining = (int)Math.Ceiling(left.TotalSeconds) });
    }

    // Of many waits the one that ends first says when the next try is made.
    private string Waiting()
    {
        if (_waits.Count == 0)
        {
            return string.Empty;
        }
        (RetryWait wait, TimeSpan left) = _waits.Values.OrderBy(waiting => waiting.Left).First();
        string seconds = Math.Ceiling(left.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return $"; {_waits.Count} waiting ({VisibleText.Line(wait.Error.Code)}), the first for {seconds} s";
    }

    private static string Describe(RetryWait wait, TimeSpan left)
    {
        string seconds = Math.Ceiling(left.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return $"{VisibleText.Line(wait.Error.Code)}: try {wait.NextAttempt} of {wait.MaximumAttempts} in {seconds} s";
    }

    private void Show(ProgressRecord record)
    {
        _isShown = true;
        cmdlet.WriteProgress(record);
    }
}
