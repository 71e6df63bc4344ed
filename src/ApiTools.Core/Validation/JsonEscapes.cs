#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace ApiTools.Validation;

/// <summary>Looks for escapes in what stands between the quotes of a JSON string.</summary>
internal static class JsonEscapes
{
    /// <summary>
    /// Whether <c>\u</c> stands anywhere: of most strings that have escapes nothing more has to be known. Two backslashes before a u are no such
    /// escape, and are one here.
    /// </summary>
    public static bool MayHaveUnicode(ReadOnlySpan<byte> raw)
    {
#if NET8_0_OR_GREATER
        if (Vector128.IsHardwareAccelerated && raw.Length > Vector128<byte>.Count)
        {
            return MayHaveUnicodeInBlocks(raw);
        }
#endif
        return MayHaveUnicodePortable(raw);
    }

    /// <summary>The plain twin.</summary>
    public static bool MayHaveUnicodePortable(ReadOnlySpan<byte> raw) => raw.IndexOf("\\u"u8) >= 0;

#if NET8_0_OR_GREATER
    // Strings are short: a search that begins at once takes half as long as one that chooses its vectors first.
    private static bool MayHaveUnicodeInBlocks(ReadOnlySpan<byte> raw)
    {
        ref byte start = ref MemoryMarshal.GetReference(raw);
        int last = raw.Length - 1 - Vector128<byte>.Count;
        for (int i = 0; i < last; i += Vector128<byte>.Count)
        {
            // At the first: who mends a text asks again for what is behind it.
            if (At(ref start, i) != default)
            {
                return true;
            }
        }
        return At(ref start, last) != default;
    }

    private static Vector128<byte> At(ref byte start, int offset) =>
        Vector128.Equals(Vector128.LoadUnsafe(ref start, (nuint)offset), Vector128.Create((byte)'\\'))
        & Vector128.Equals(Vector128.LoadUnsafe(ref start, (nuint)(offset + 1)), Vector128.Create((byte)'u'));
#endif
}
