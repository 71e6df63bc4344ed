namespace ApiTools.Diagnostics;

/// <summary>Where a person turns about a service.</summary>
/// <param name="Host">The end of its host's name.</param>
/// <param name="Name">Its name.</param>
/// <param name="UsagePage">The page of its console that shows what was used; null where none is known.</param>
/// <param name="KeysPage">The page of its console where keys are made; null where none is known.</param>
/// <param name="Support">Where to write: an address of a page, or of mail; null where none is known.</param>
internal sealed record ServiceInfo(string Host, string Name, string? UsagePage, string? KeysPage, string? Support);
