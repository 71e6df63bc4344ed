namespace ApiTools;

/// <summary>The form of a report of a failure.</summary>
public enum ErrorReportFormat
{
    /// <summary>For people: Markdown, as issue trackers and support forms show it.</summary>
    Markdown,

    /// <summary>For programs.</summary>
    Json,
}
