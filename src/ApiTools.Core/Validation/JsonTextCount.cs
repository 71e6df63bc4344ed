using ApiTools.Tokens;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace ApiTools.Validation;

/// <summary>Counts what a JSON string with escapes says, without making a string of it.</summary>
internal static class JsonTextCount
{
    /// <summary>Adds the string's text to a count.</summary>
    /// <param name="raw">What stands between its quotes.</param>
    /// <param name="tally">The count.</param>
    public static void Add(ReadOnlySpan<byte> raw, ref TokenTally tally)
    {
#if NET8_0_OR_GREATER
        if (Vector128.IsHardwareAccelerated && raw.Length >= Vector128<byte>.Count)
        {
            AddBlocks(raw, ref tally);
            return;
        }
#endif
        AddPortable(raw, ref tally);
    }

    /// <summary>The plain twin.</summary>
    public static void AddPortable(ReadOnlySpan<byte> raw, ref TokenTally tally)
    {
        int i = 0;
        while (i < raw.Length)
        {
            int plain = JsonText.PlainLength(raw, i);
            tally.AddUtf8(raw.Slice(i, plain));
            i += plain;
            if (i < raw.Length)
            {
                tally.AddCodePoint(JsonText.ReadEscape(raw, ref i));
            }
        }
    }

#if NET8_0_OR_GREATER
    // All bytes are counted as text; then of each escape that was counted the bytes are taken back.
    private static void AddBlocks(ReadOnlySpan<byte> raw, ref TokenTally tally)
    {
        tally.AddUtf8(raw);
        int width = Vector128<byte>.Count;
        ref byte start = ref MemoryMarshal.GetReference(raw);
        // Up to here all is read: a backslash before it is the second byte of an escape.
        int read = 0;
        int pairs = 0;
        for (int i = 0; i < raw.Length; i += width)
        {
            int from = Math.Min(i, raw.Length - width);
            uint backslashes = Vector128.Equals(Vector128.LoadUnsafe(ref start, (nuint)from), Vector128.Create((byte)'\\')).ExtractMostSignificantBits();
            while (backslashes != 0)
            {
                int at = from + BitOperations.TrailingZeroCount(backslashes);
                backslashes &= backslashes - 1;
                if (at < read)
                {
                    continue;
                }
                read = at + 2;
                if (raw[at + 1] != 'u')
                {
                    pairs++;
                    continue;
                }
                read = at;
                int codePoint = JsonText.ReadEscape(raw, ref read);
                tally.ReplaceAscii(read - at, codePoint);
            }
        }
        tally.TakeBackAscii(pairs);
    }
#endif
}
