using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>Stop-ApiSimulator: ends the simulator of this process and every connection to it.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ApiSimulator", SupportsShouldProcess = true)]
public sealed class StopApiSimulatorCommand : ApiCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!ShouldProcess(ApiSimulator.Running?.BaseUri.AbsoluteUri ?? "this process", "Stop the simulator"))
        {
            return;
        }
        try
        {
            _ = Pump.Await(async _ =>
            {
                await ApiSimulator.StopAsync().ConfigureAwait(false);
                return true;
            });
        }
        catch (ApiSimulatorException exception)
        {
            WriteFailure(exception, null);
        }
    }
}
