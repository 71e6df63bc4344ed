using ApiTools.Errors;
using ApiTools.Validation;

namespace ApiTools.Chat;

/// <summary>The check of a request before it is sent: the same rules as <c>Test-ApiRequest</c>'s.</summary>
internal static class Preflight
{
    /// <summary>Checks a request.</summary>
    /// <returns>The report; its findings are warnings only.</returns>
    /// <exception cref="ApiRequestException">The first error, with all findings in its Report: the class and code that the service would have answered with.</exception>
    public static RequestReport Check(byte[] request, ApiConnection connection)
    {
        RequestCheckOptions options = RequestCheckOptions.Default with
        {
            HasPositions = false,
            Models = connection.Models.Count > 0 ? connection.Models : null,
            RenamesMaxTokens = true,
        };
        RequestReport report = RequestValidator.Validate(request, options);
        return report.Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is Finding error ? throw Refuse(error, report, request, connection) : report;
    }

    private static ApiException Refuse(Finding error, RequestReport report, byte[] request, ApiConnection connection)
    {
        ApiException exception = RequestFailure.Create(error, report, request);
        // Which models there are, the connection knows, and Repair-ApiRequest does not.
        if (error.Code == "model_not_supported" && report.Model is string model)
        {
            exception.NextCommand = NextCommands.ForModel(model, connection) ?? ApiErrorCatalog.ListModels;
        }
        return exception;
    }
}
