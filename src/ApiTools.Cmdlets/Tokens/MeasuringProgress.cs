using System.Globalization;
using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>Shows a person how far a long measuring is. For the pipeline thread.</summary>
internal sealed class MeasuringProgress(Cmdlet cmdlet, TimeProvider time)
{
    private const int Activity = 2;
    private const string Title = "Counting tokens";

    /// <summary>How often it is looked at: a record costs a host some milliseconds to draw, and a person reads no faster.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private long _shownAt = time.GetTimestamp();
    private bool _isShown;

    /// <summary>Shows the counts as they are now, unless they were shown a moment ago.</summary>
    public void Update(long done, long bytes)
    {
        if (time.GetElapsedTime(_shownAt) < Interval)
        {
            return;
        }
        _shownAt = time.GetTimestamp();
        _isShown = true;
        cmdlet.WriteProgress(new ProgressRecord(
            Activity, Title, string.Format(CultureInfo.InvariantCulture, "{0:N0} measured, {1:N1} MB of text", done, bytes / 1e6)));
    }

    /// <summary>Takes away what is shown.</summary>
    public void End()
    {
        if (_isShown)
        {
            cmdlet.WriteProgress(new ProgressRecord(Activity, Title, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
