using ApiTools.Errors;
using ApiTools.Validation;

namespace ApiTools.Chat;

/// <summary>The check of a request before it is sent: the same rules as <c>Test-ApiRequest</c>'s.</summary>
internal static class RequestCheck
{
    /// <summary>Checks a request.</summary>
    /// <returns>The report; its findings are warnings only.</returns>
    /// <exception cref="ApiRequestException">The first error, with all findings in its Report: the class and code that the service would have answered with.</exception>
    public static RequestReport Run(byte[] request, ApiConnection connection)
    {
        RequestReport report = RequestValidator.Validate(
            request, RequestCheckOptions.Default with { HasPositions = false, Models = connection.Models.Count > 0 ? connection.Models : null });
        if (report.Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is Finding error)
        {
            ApiException exception = ApiExceptionFactory.Create(new ApiFailure { Code = error.Code, Param = error.Param, Message = error.Message });
            exception.Report = report;
            exception.RequestBody = request;
            throw exception;
        }
        return report;
    }
}
