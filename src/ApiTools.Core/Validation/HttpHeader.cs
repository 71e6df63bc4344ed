namespace ApiTools.Validation;

/// <summary>A header of a saved HTTP request.</summary>
/// <param name="Name">Its name, as it is written.</param>
/// <param name="Value">Its value.</param>
/// <param name="Start">Where its line begins.</param>
/// <param name="ValueStart">Where its value begins.</param>
/// <param name="ValueEnd">Where its value ends: what is no UTF-8 in it has another length than its text.</param>
internal sealed record HttpHeader(string Name, string Value, int Start, int ValueStart, int ValueEnd);
