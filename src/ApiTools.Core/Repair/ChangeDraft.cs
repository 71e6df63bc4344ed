namespace ApiTools.Repair;

/// <summary>A change whose place is an offset in the text as it was given.</summary>
internal sealed record ChangeDraft(int Offset, string Code, string? Param, string Message, string? Before, string? After);
