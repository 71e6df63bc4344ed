namespace ApiTools.Validation;

/// <summary>A mend that was applied.</summary>
/// <param name="Mend">The mend; its offset is in the text as the edits before it have left it, so that they can be applied one after another.</param>
/// <param name="Line">The line in the text as it was given, one-based.</param>
/// <param name="Column">The column in the line, one-based, in UTF-16 units.</param>
internal sealed record SyntaxEdit(SyntaxMend Mend, int Line, int Column);
