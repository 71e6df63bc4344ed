namespace ApiTools.Errors;

/// <summary>A service's own code, or type, that means the same as a documented one.</summary>
/// <param name="Code">What the service writes; compared in any case.</param>
/// <param name="Documented">The page's code for it.</param>
/// <param name="Seen">Where it was seen.</param>
/// <param name="NotUnder">The status under which it means something else; 0 where it always means this.</param>
internal sealed record ServiceCode(string Code, string Documented, string Seen, int NotUnder = 0);
