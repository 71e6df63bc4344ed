namespace ApiTools.Http;

/// <summary>A place in a connection's gate: got before an attempt is sent, given back once when it has ended.</summary>
/// <param name="Model">The model that is asked; empty for none.</param>
/// <param name="Epoch">How often the level had been lowered when the attempt began.</param>
/// <param name="InFlight">How many attempts were under way then, this one included.</param>
internal readonly record struct GatePass(string Model, int Epoch, int InFlight);
