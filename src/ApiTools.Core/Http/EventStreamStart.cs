using ApiTools.Text;

namespace ApiTools.Http;

/// <summary>Tells what a body is by its first bytes, for services that label it as something else.</summary>
internal static class EventStreamStart
{
    /// <summary>True where these bytes begin an event stream, false where they begin something else, null where they are too few to say.</summary>
    public static bool? Begins(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> line = SkipBlank(bytes);
        if (line.IsEmpty || (line.Length < Utf8Text.ByteOrderMark.Length && Utf8Text.ByteOrderMark.StartsWith(line)))
        {
            return null;
        }
        return line[0] == (byte)':' ? true : Or(Or(Or(IsField(line, "data:"u8), IsField(line, "event:"u8)), IsField(line, "id:"u8)), IsField(line, "retry:"u8));
    }

    /// <summary>Whether these bytes begin JSON's object or array, or a page: no event stream has a field of such a name.</summary>
    public static bool BeginsDocument(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> line = SkipBlank(bytes);
        return !line.IsEmpty && line[0] is (byte)'{' or (byte)'[' or (byte)'<';
    }

    private static ReadOnlySpan<byte> SkipBlank(ReadOnlySpan<byte> bytes)
    {
        bytes = Utf8Text.SkipMark(bytes);
        int blank = 0;
        while (blank < bytes.Length && bytes[blank] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            blank++;
        }
        return bytes.Slice(blank);
    }

    private static bool? IsField(ReadOnlySpan<byte> line, ReadOnlySpan<byte> field) =>
        line.StartsWith(field) ? true : line.Length < field.Length && field.StartsWith(line) ? null : false;

    private static bool? Or(bool? a, bool? b) => a == true || b == true ? true : a is null || b is null ? null : false;
}
