using ApiTools.Errors;

namespace ApiTools.Validation;

/// <summary>Makes the typed exception for what a check found.</summary>
internal static class RequestFailure
{
    // The findings with their fixes are all there; nothing else that this version has would tell more.
    private const string ShowFindings = "$Error[0].Exception.Report.Findings | Format-List";

    /// <summary>The exception for one finding. Its message begins with where it stands, as a compiler's does; it carries the whole report.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="report">The report that it is of.</param>
    /// <param name="request">The request as it was checked, UTF-8; null where it is no text that could be sent.</param>
    /// <param name="file">What to call the file; null where there is none.</param>
    public static ApiException Create(Finding finding, RequestReport report, byte[]? request, string? file = null)
    {
        ApiException exception = ApiExceptionFactory.Create(new ApiFailure
        {
            Code = finding.Code,
            Param = finding.Param,
            Message = Locate(finding, file) + finding.Message,
            NextCommand = finding.Code is "missing_required_field" or "invalid_value" ? ShowFindings : null,
        });
        exception.Report = report;
        exception.RequestBody = request;
        return exception;
    }

    /// <summary>Where a finding stands: <c>chat.json(3,12): </c>; empty where there is neither a file nor a position.</summary>
    public static string Locate(Finding finding, string? file)
    {
        string position = finding.Line is int line ? $"({line},{finding.Column})" : string.Empty;
        return file is null && position.Length == 0 ? string.Empty : $"{file}{position}: ";
    }
}
