using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>
/// Strings for the names and words that come again in every request (<c>role</c>, <c>user</c>): each is made once, and found by its bytes afterwards.
/// A slot holds the last that fell into it, so that a hostile text fills no memory.
/// </summary>
internal static class ShortStrings
{
    private const int Slots = 1024;
    private const int MaximumBytes = 40;

    [ThreadStatic]
    private static string?[]? _strings;

    /// <summary>The text of well-formed UTF-8 bytes.</summary>
    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaximumBytes)
        {
            return Utf8Text.Read(utf8);
        }
        string?[] strings = _strings ??= new string?[Slots];
        ref string? slot = ref strings[Hash(utf8) % Slots];
        if (slot is null || !Is(slot, utf8))
        {
            slot = Utf8Text.Read(utf8);
        }
        return slot;
    }

    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        uint hash = (uint)utf8.Length;
        foreach (byte b in utf8)
        {
            hash = (hash * 31) + b;
        }
        return hash ^ (hash >> 15);
    }

    // Only what is ASCII is found again: there, a character is a byte.
    private static bool Is(string text, ReadOnlySpan<byte> utf8)
    {
        if (text.Length != utf8.Length)
        {
            return false;
        }
        for (int i = 0; i < utf8.Length; i++)
        {
            if (text[i] != utf8[i] || utf8[i] >= 0x80)
            {
                return false;
            }
        }
        return true;
    }
}
