namespace ApiTools.Simulator;

/// <summary>What a request is answered with, and how the connection is to fare meanwhile. Disposed of when the answer has gone.</summary>
/// <param name="answer">The answer.</param>
/// <param name="fault">The fault that fired; null for none.</param>
/// <param name="place">Where the request takes a place as long as it is under way; null where it takes none.</param>
internal sealed class Exchange(WireAnswer answer, SimulatorFault? fault, ConcurrencyGate? place) : IDisposable
{
    private ConcurrencyGate? _place = place;

    public WireAnswer Answer { get; } = answer;

    public SimulatorFault? Fault { get; } = fault;

    /// <summary>Leaves the place; a second time does nothing.</summary>
    public void Dispose()
    {
        _place?.Leave();
        _place = null;
    }
}
