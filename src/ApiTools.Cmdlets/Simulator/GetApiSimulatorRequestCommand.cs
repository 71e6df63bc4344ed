using System.Management.Automation;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>Get-ApiSimulatorRequest: the requests that reached the simulator, and how each was answered.</summary>
[Cmdlet(VerbsCommon.Get, "ApiSimulatorRequest", DefaultParameterSetName = RequestSet)]
[OutputType(typeof(SimulatorRequest), ParameterSetName = [RequestSet])]
[OutputType(typeof(SimulatorSummary), ParameterSetName = [SummarySet])]
public sealed class GetApiSimulatorRequestCommand : ApiCmdlet
{
    private const string RequestSet = "Request";
    private const string SummarySet = "Summary";

    /// <summary>Error codes to show; wildcards are allowed. Every request where left out.</summary>
    [Parameter(Position = 0, ParameterSetName = RequestSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ErrorCodeCompleter))]
    public string[]? Code { get; set; }

    /// <summary>How many to show, the last of those that match. All where left out.</summary>
    [Parameter(ParameterSetName = RequestSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>Shows what was answered since the start, in figures.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SummarySet)]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ApiSimulator.Running is not ApiSimulator simulator)
        {
            WriteFailure(ApiErrors.SimulatorNotRunning(), null);
            return;
        }
        if (Summary)
        {
            Write(simulator.Summary);
            return;
        }
        WildcardPattern[]? codes = ReadCodes();
        List<SimulatorRequest> requests = [.. simulator.Requests.Where(request => IsWanted(request, codes))];
        Write(requests.Skip(requests.Count - (Last ?? requests.Count)), enumerateCollection: true);
    }

    private WildcardPattern[]? ReadCodes()
    {
        try
        {
            return NameFilter.Patterns(Code, nameof(Code));
        }
        catch (ApiException exception)
        {
            ThrowFailure(exception, null);
            throw;
        }
    }

    private static bool IsWanted(SimulatorRequest request, WildcardPattern[]? codes) =>
        codes is null || (request.Code is string code && codes.Any(wanted => wanted.IsMatch(code)));
}
