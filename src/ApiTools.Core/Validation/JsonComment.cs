namespace ApiTools.Validation;

/// <summary>Comments, which JSON has none of: as JavaScript and C write them, and as Python and YAML do.</summary>
internal static class JsonComment
{
    private const string Message = "JSON has no comments: take it out.";

    /// <summary>The comment that begins at an offset; null where none does.</summary>
    public static JsonFault? Find(ReadOnlySpan<byte> json, int offset)
    {
        byte first = json[offset];
        byte second = JsonScan.At(json, offset + 1);
        if (first == '/' && second == '*')
        {
            int length = json.Slice(offset + 2).IndexOf("*/"u8);
            return length < 0
                ? new JsonFault(offset, "JSON has no comments, and this one is not ended by */.")
                : Comment(offset, length + 4);
        }
        if (first == '#' || (first == '/' && second == '/'))
        {
            return Comment(offset, JsonScan.EndOfLine(json, offset) - offset);
        }
        return null;
    }

    private static JsonFault Comment(int offset, int length) => new(offset, Message, SyntaxMend.Remove(offset, length, "a comment taken out"));
}
