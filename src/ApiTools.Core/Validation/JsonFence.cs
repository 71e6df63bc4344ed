namespace ApiTools.Validation;

/// <summary>The fence of a Markdown code block, as it stands around JSON that was copied from a chat or a page.</summary>
internal static class JsonFence
{
    private const string Message = "This is the fence of a Markdown code block, and no JSON: take the line out.";

    /// <summary>The fence that begins at an offset.</summary>
    public static JsonFault? Find(ReadOnlySpan<byte> json, int offset) =>
        json.Slice(offset).StartsWith("```"u8)
            ? new JsonFault(offset, Message, SyntaxMend.Remove(offset, JsonScan.EndOfLine(json, offset) - offset, "the fence of a code block taken out"))
            : null;

    /// <summary>The fence that is the last thing in a text.</summary>
    public static JsonFault? FindEnd(ReadOnlySpan<byte> json, int offset) =>
        json.Slice(offset).StartsWith("```"u8) && JsonScan.SkipBlanks(json, offset + 3) >= json.Length ? Find(json, offset) : null;
}
