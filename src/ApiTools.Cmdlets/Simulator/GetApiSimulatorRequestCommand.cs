using System.Management.Automation;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>Get-ApiSimulatorRequest: the requests that reached the simulator, and how each was answered.</summary>
[Cmdlet(VerbsCommon.Get, "ApiSimulatorRequest")]
[OutputType(typeof(SimulatorRequest))]
public sealed class GetApiSimulatorRequestCommand : ApiCmdlet
{
    /// <summary>Error codes to show; wildcards are allowed. Every request where left out.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ErrorCodeCompleter))]
    public string[]? Code { get; set; }

    /// <summary>How many to show, the last of those that match. All where left out.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ApiSimulator.Running is not ApiSimulator simulator)
        {
            WriteFailure(ApiErrors.SimulatorNotRunning(), null);
            return;
        }
        List<SimulatorRequest> requests = [.. simulator.Requests.Where(Wanted)];
        Write(requests.Skip(requests.Count - (Last ?? requests.Count)), enumerateCollection: true);
    }

    private bool Wanted(SimulatorRequest request) =>
        Code is null || (request.Code is string code && Code.Any(wanted => WildcardPattern.Get(wanted, WildcardOptions.IgnoreCase).IsMatch(code)));
}
