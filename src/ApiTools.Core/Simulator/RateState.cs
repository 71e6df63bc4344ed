namespace ApiTools.Simulator;

/// <summary>What is used of the limits of a window.</summary>
/// <param name="RequestLimit">The most requests; null for no limit.</param>
/// <param name="Requests">Those that came.</param>
/// <param name="TokenLimit">The most tokens; null for no limit.</param>
/// <param name="Tokens">Those that were used.</param>
/// <param name="Reset">The time until the window is over; nothing where none is open.</param>
internal readonly record struct RateState(long? RequestLimit, long Requests, long? TokenLimit, long Tokens, TimeSpan Reset);
