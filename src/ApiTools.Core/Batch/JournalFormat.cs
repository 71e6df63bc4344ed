namespace ApiTools.Batch;

/// <summary>What a journal's lines begin with, and what is theirs alone.</summary>
internal static class JournalFormat
{
    /// <summary>The version of the lines that this ApiTools writes, and the newest that it reads.</summary>
    public const int Version = 1;

    /// <summary>The longest line that is read, in bytes.</summary>
    public const int MaximumLineBytes = 512 * 1024 * 1024;

    /// <summary>What the first line of each journal begins with, to the byte: nothing else is ever written into.</summary>
    public static ReadOnlySpan<byte> Beginning => "{\"apitools_journal\":"u8;
}
