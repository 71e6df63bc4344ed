using ApiTools.Errors;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>Makes the typed exception for what a check found.</summary>
internal static class RequestFailure
{
    private const string Repair = "$Error[0] | Repair-ApiRequest";

    // Where there is no fix, the findings tell what there is to decide.
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
            // A key in the wrong place (-Model) would stand in the message.
            Message = Redactor.Redact(Locate(finding, file) + finding.Message),
            NextCommand = NextCommand(finding),
        });
        exception.Report = report;
        exception.RequestBody = request;
        exception.Excerpt = finding.Excerpt;
        return exception;
    }

    private static string? NextCommand(Finding finding) => finding switch
    {
        { IsRepairable: true } => Repair,
        { HasChoice: true } => $"{Repair} -Include {Quote(finding.Param ?? finding.Code)}",
        { Code: "missing_required_field" or "invalid_value" } => ShowFindings,
        _ => null,
    };

    private static string Quote(string param) => param.All(c => char.IsLetterOrDigit(c) || c == '_') ? param : PowerShellText.Quote(param);

    /// <summary>Where a finding stands: <c>chat.json(3,12): </c>; empty where there is neither a file nor a position.</summary>
    public static string Locate(Finding finding, string? file)
    {
        string position = finding.Line is int line ? $"({line},{finding.Column})" : string.Empty;
        return file is null && position.Length == 0 ? string.Empty : $"{file}{position}: ";
    }
}
