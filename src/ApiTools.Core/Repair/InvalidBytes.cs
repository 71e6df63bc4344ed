using System.Text;
using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>Bytes that are no UTF-8, and what a decoder would read in their place: U+FFFD.</summary>
internal static class InvalidBytes
{
    // A text with more of them is no text.
    private const int Maximum = 1_000_000;

    /// <summary>The edits, one for each run of them; none where there are too many.</summary>
    public static List<TextEdit> Edits(ReadOnlySpan<byte> text)
    {
        List<TextEdit> edits = [];
        int start = 0;
        while (Utf8Check.FindInvalid(text.Slice(start)) is int found and >= 0)
        {
            start += found;
            int end = start + 1;
            while (end < text.Length && Utf8Check.FindInvalid(text.Slice(end, Math.Min(4, text.Length - end))) == 0)
            {
                end++;
            }
            byte[] run = text.Slice(start, end - start).ToArray();
            edits.Add(new TextEdit(start, end, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(run))));
            if (edits.Count > Maximum)
            {
                return [];
            }
            start = end;
        }
        return edits;
    }

    /// <summary>What an edit did, in words.</summary>
    public static string Describe(ReadOnlySpan<byte> text, TextEdit edit) => edit.End - edit.Start == 1
        ? $"the byte 0x{text[edit.Start]:x2}, which is no UTF-8, changed into U+FFFD"
        : $"{edit.End - edit.Start} bytes that are no UTF-8 changed into U+FFFD";
}
