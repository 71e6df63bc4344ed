namespace ApiTools.Errors;

/// <summary>Who answers with an HTML page where a service would answer with JSON.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsProxy">True for a proxy on the way, whose page says nothing of the service.</param>
/// <param name="Mark">What of the page it is known by.</param>
/// <param name="Server">How its <c>Server</c> header begins; null where it is not known by that.</param>
/// <param name="Seen">Where it was seen; null where in no public thread.</param>
internal sealed record PageMaker(string Name, bool IsProxy, string Mark, string? Server, string? Seen);
