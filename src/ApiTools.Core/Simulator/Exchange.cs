namespace ApiTools.Simulator;

/// <summary>What a request is answered with, and how the connection is to fare meanwhile.</summary>
internal sealed record Exchange(WireAnswer Answer, SimulatorFault? Fault);
