using System.Text.Json;

namespace ApiTools.Batch;

/// <summary>A value within a journal's line, by its place.</summary>
/// <param name="Start">Where it begins, in bytes from the beginning of the line.</param>
/// <param name="Length">How long it is; zero for one that is not there, or is null.</param>
internal readonly record struct JournalPart(int Start, int Length)
{
    /// <summary>True where the line has it.</summary>
    public bool IsPresent => Length > 0;

    /// <summary>Reads the value of the property that the reader stands on; of none where it is null.</summary>
    public static JournalPart Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new JournalPart(start, (int)reader.BytesConsumed - start);
    }

    /// <summary>The value's own bytes.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line) => line.Slice(Start, Length);
}
