using System.Management.Automation;
using ApiTools.Diagnostics;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Makes the ErrorRecord for a typed exception: the one place where an id, a category and a recommendation are put together.</summary>
internal static class ErrorRecordFactory
{
    private const string Indent = "  ";

    /// <summary>The record: its id starts with the code, its message is one line, its recommendation is the documented solution and a command.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="target">The input that failed.</param>
    /// <param name="place">Where the input stands, to begin the message with; null for nowhere in particular.</param>
    /// <param name="recommendationInMessage">True where the host prints no recommended action.</param>
    /// <param name="excerptInMessage">True where the host keeps the lines of a message apart.</param>
    public static ErrorRecord Create(ApiException exception, object? target, string? place, bool recommendationInMessage, bool excerptInMessage)
    {
        string recommendation = Recommendation(exception);
        string message = (place is null ? string.Empty : VisibleText.Line(place) + ": ") + Summary(exception);
        string? excerpt = excerptInMessage ? Excerpt(exception) : null;
        message += excerpt;
        if (recommendationInMessage)
        {
            message += $"{(excerpt is null ? ' ' : '\n')}Recommendation: {recommendation}";
        }
        return new ErrorRecord(exception, exception.Code, Category(exception), target)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = recommendation },
        };
    }

    private static ErrorCategory Category(ApiException exception) =>
        Enum.TryParse(exception.Category, out ErrorCategory category) ? category : ErrorCategory.NotSpecified;

    private static string Summary(ApiException exception)
    {
        string status = exception.Status is int code ? $"{code} " : string.Empty;
        string request = exception.RequestId is string id ? $", request {VisibleText.Line(id, 100)}" : exception.RayId is string ray ? $", CF-RAY {VisibleText.Line(ray, 100)}" : string.Empty;
        string tries = exception.Attempts > 1 ? $", {exception.Attempts} tries" : string.Empty;
        string journal = exception.FromJournal ? ", from the journal" : string.Empty;
        return $"{VisibleText.Line(exception.Message)} ({status}{exception.Code}{tries}{request}{journal})";
    }

    // As compilers show it. What has a key in it cannot be masked without moving the line under its pointer: it is left out.
    private static string? Excerpt(ApiException exception) =>
        exception.Excerpt is string excerpt && Redactor.Redact(excerpt) == excerpt ? $"\n{Indent}{excerpt.Replace("\n", "\n" + Indent)}" : null;

    // What only the provider can do is done in the console: the page for it stands beside the solution.
    private static string Recommendation(ApiException exception)
    {
        string solution = ServiceDirectory.PageFor(exception) is string page ? $"{exception.Solution} ({page})" : exception.Solution;
        return string.IsNullOrEmpty(exception.NextCommand) ? $"{solution}." : $"{solution}. Run: {exception.NextCommand}";
    }
}
