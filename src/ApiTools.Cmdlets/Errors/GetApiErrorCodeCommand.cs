using System.Management.Automation;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>Get-ApiErrorCode: the catalogue of error codes, by code, status or category.</summary>
[Cmdlet(VerbsCommon.Get, "ApiErrorCode")]
[OutputType(typeof(ErrorCodeInfo))]
public sealed class GetApiErrorCodeCommand : ApiCmdlet
{
    /// <summary>Codes to show; wildcards are allowed. All where left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ErrorCodeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Code { get; set; } = ["*"];

    /// <summary>HTTP statuses to show. All where left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ErrorStatusCompleter))]
    public int[]? Status { get; set; }

    /// <summary>Categories to show, by PowerShell's names. All where left out.</summary>
    [Parameter]
    public ErrorCategory[]? Category { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteNamed(
        ApiErrorCatalog.All,
        info => info.Code,
        Code,
        nameof(Code),
        code => ApiErrors.InvalidValue("Code", $"The catalogue has no code '{code}'.", "Get-ApiErrorCode"),
        IsWanted);

    private bool IsWanted(ErrorCodeInfo info) =>
        (Status is null || (info.Status is int status && Status.Contains(status)))
        && (Category is null || Category.Any(category => category.ToString() == info.Category));
}
