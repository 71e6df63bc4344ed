#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ApiTools.Tokens;

/// <summary>
/// 64 bytes of UTF-8, sorted: in each set, bit i says whether byte i is in it. What lies past the text's end is in none but <see cref="Stops"/>.
/// </summary>
internal readonly struct AsciiBlock
{
    public const int Length = 64;

    /// <summary>Letters and punctuation: what runs are made of.</summary>
    public readonly ulong Runs;

    /// <summary>Where a run that began before ends: at what is not of its kind.</summary>
    public readonly ulong Stops;

    /// <summary>What is taken as the first of the run behind it: a blank, and before letters anything but a number or a line end.</summary>
    public readonly ulong Prefixes;

    /// <summary>The last of a run of punctuation, where a line end follows.</summary>
    public readonly ulong BeforeNewlines;

    /// <summary>0-9.</summary>
    public readonly ulong Numbers;

    /// <summary>ASCII's white space.</summary>
    public readonly ulong Spaces;

    /// <summary>Carriage returns and line feeds.</summary>
    public readonly ulong Newlines;

    /// <summary>Not ASCII: of a sequence of two to four bytes.</summary>
    public readonly ulong Wide;

    /// <param name="utf8">The text.</param>
    /// <param name="start">Where the block begins; it may reach past the text's end.</param>
    /// <param name="cases">Whether a word ends before an upper case letter that follows a lower case one.</param>
    [MethodImpl(Jit.Hot)]
    public AsciiBlock(ReadOnlySpan<byte> utf8, int start, bool cases)
    {
        int count = utf8.Length - start;
        if (count >= Length)
        {
            this = new AsciiBlock(ref Unsafe.Add(ref MemoryMarshal.GetReference(utf8), start), ulong.MaxValue, cases);
            return;
        }
        Span<byte> padded = stackalloc byte[Length];
        padded.Clear();
        utf8[start..].CopyTo(padded);
        this = new AsciiBlock(ref MemoryMarshal.GetReference(padded), (1UL << count) - 1, cases);
    }

    [MethodImpl(Jit.Inline)]
    private AsciiBlock(ref byte bytes, ulong valid, bool cases)
    {
        Vector256<byte> low = Vector256.LoadUnsafe(ref bytes);
        Vector256<byte> high = Vector256.LoadUnsafe(ref bytes, (nuint)Vector256<byte>.Count);
        ulong lower = Range(low, high, 'a', 'z');
        ulong upper = Range(low, high, 'A', 'Z');
        ulong blanks = Equal(low, high, ' ');
        Numbers = Range(low, high, '0', '9');
        Newlines = Equal(low, high, '\n') | Equal(low, high, '\r');
        Spaces = Range(low, high, '\t', '\r') | blanks;
        Wide = Bits(low, high);
        ulong letters = lower | upper;
        ulong punctuation = ~(letters | Numbers | Spaces | Wide) & valid;
        Runs = letters | punctuation;
        Stops = ~Runs | (letters & ~(letters << 1)) | (punctuation & ~(punctuation << 1)) | (cases ? upper & (lower << 1) : 0);
        Prefixes = ~(letters | Numbers | Newlines | Wide) & ((letters >> 1) | (blanks & (punctuation >> 1)));
        BeforeNewlines = punctuation & (Newlines >> 1);
    }

    // Moved up so that the range ends at the highest signed byte, one signed comparison decides: before AVX-512 there is no unsigned one.
    [MethodImpl(Jit.Inline)]
    private static ulong Range(Vector256<byte> low, Vector256<byte> high, char from, char to)
    {
        Vector256<byte> shift = Vector256.Create((byte)(sbyte.MaxValue - to));
        Vector256<sbyte> below = Vector256.Create((sbyte)(sbyte.MaxValue - (to - from) - 1));
        return Bits(
            Vector256.GreaterThan((low + shift).AsSByte(), below).AsByte(),
            Vector256.GreaterThan((high + shift).AsSByte(), below).AsByte());
    }

    [MethodImpl(Jit.Inline)]
    private static ulong Equal(Vector256<byte> low, Vector256<byte> high, char value) =>
        Bits(Vector256.Equals(low, Vector256.Create((byte)value)), Vector256.Equals(high, Vector256.Create((byte)value)));

    [MethodImpl(Jit.Inline)]
    private static ulong Bits(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
}
#endif
