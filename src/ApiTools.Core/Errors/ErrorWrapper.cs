namespace ApiTools.Errors;

/// <summary>A gateway, or a client, that passes on another service's error within its own message.</summary>
/// <param name="Dialect">Who does.</param>
/// <param name="Begins">How its message begins.</param>
/// <param name="Seen">Where it was seen.</param>
internal sealed record ErrorWrapper(string Dialect, string Begins, string Seen);
