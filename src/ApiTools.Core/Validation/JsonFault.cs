using System.Globalization;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>The first place where a text is no JSON.</summary>
/// <param name="Offset">Where it is: the offset of the first byte that cannot stand there.</param>
/// <param name="Message">What is wrong, in words.</param>
/// <param name="Mend">What mends it; null where that cannot be told.</param>
internal sealed record JsonFault(int Offset, string Message, SyntaxMend? Mend = null)
{
    /// <summary>Some fault, where it is enough that there is one.</summary>
    public static JsonFault Untold { get; } = new(0, string.Empty);

    /// <summary>The fault of a text with more values than are read.</summary>
    public static JsonFault TooMany(int offset) =>
        new(offset, $"The text has more than {JsonTape.MaximumEntries.ToString("N0", CultureInfo.InvariantCulture)} names and values, which is more than is read.");

    /// <summary>UTF-8 bytes as text that is safe to show.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => VisibleText.Line(Utf8Text.Read(bytes.Slice(0, Math.Min(bytes.Length, 240))), 60);
}
