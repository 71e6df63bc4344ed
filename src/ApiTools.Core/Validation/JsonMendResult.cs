namespace ApiTools.Validation;

/// <summary>A text after its syntax has been mended, as far as that goes.</summary>
/// <param name="Text">The text; strict JSON where <paramref name="Fault"/> is null.</param>
/// <param name="Edits">What was done, in document order.</param>
/// <param name="Fault">The fault that a person has to decide about, with the mend that was not asked for, where there is one; null where none is left.</param>
internal sealed record JsonMendResult(byte[] Text, IReadOnlyList<SyntaxEdit> Edits, JsonFault? Fault);
