namespace ApiTools.Simulator;

/// <summary>What a request is answered with, and how the connection is to fare meanwhile. Disposed of when the answer has gone.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Fault">The fault that fired; null for none.</param>
/// <param name="Place">Where the request takes a place as long as it is under way; null where it takes none.</param>
internal sealed record Exchange(WireAnswer Answer, SimulatorFault? Fault, ConcurrencyGate? Place) : IDisposable
{
    public void Dispose() => Place?.Leave();
}
