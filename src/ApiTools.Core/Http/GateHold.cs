namespace ApiTools.Http;

/// <summary>Nothing is sent to a model before a point in time, because the service said so.</summary>
/// <param name="Until">The timestamp of the gate's clock.</param>
/// <param name="Cause">What was met, by whichever call.</param>
internal sealed record GateHold(long Until, ApiException Cause);
