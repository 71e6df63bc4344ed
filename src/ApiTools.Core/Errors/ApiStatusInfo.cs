namespace ApiTools.Errors;

/// <summary>One of the eight HTTP statuses that the page documents, with the page's words for it.</summary>
internal sealed record ApiStatusInfo(int Status, string Description);
