namespace ApiTools.Repair;

/// <summary>One mistake of syntax, mended.</summary>
/// <param name="Edit">The edit that mends it.</param>
/// <param name="Message">What the mistake is, in one line.</param>
internal sealed record SyntaxMend(TextEdit Edit, string Message);
