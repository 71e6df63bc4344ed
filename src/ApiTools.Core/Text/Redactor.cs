using System.Buffers;
using System.Runtime.CompilerServices;

namespace ApiTools.Text;

/// <summary>
/// Removes secrets from text before anybody sees it. The one function of its kind: every error, view and record that shows
/// what was sent or received goes through it. What it knows stands in <see cref="SecretPatterns"/>.
/// </summary>
internal static class Redactor
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Mask = "***";

    // As many characters are looked at without a place on the heap.
    private const int MaximumOnStack = 1024;

    // For as long as the key itself is kept.
    private static readonly ConditionalWeakTable<string, WrittenKey> Written = new();

    /// <summary>The text without anything that looks like a key.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="key">The connection's own key, removed whatever it looks like; null where there is none.</param>
    [SkipLocalsInit]
    public static string Redact(string text, string? key = null)
    {
        foreach (string written in WaysToWrite(key).Texts)
        {
            text = text.Replace(written, Mask);
        }
        Span<int> places = stackalloc int[SecretSearch.Room];
        SecretSearch search = new(text.AsSpan(), places);
        return search.Next(0, out FoundSecret first) ? MaskAll(text.AsSpan(), ref search, first) : text;
    }

    /// <summary>True where the text holds no secret, and neither does any part of it; false where it has to be redacted.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="key">The connection's own key; null where there is none.</param>
    public static bool IsClean(string text, string? key)
    {
        Span<int> places = stackalloc int[SecretSearch.Room];
        return !WaysToWrite(key).HoldsAny(text) && !new SecretSearch(text.AsSpan(), places).Next(0, out _);
    }

    /// <summary>The text without anything that looks like a key; null where it holds no secret, and neither does any part of it.</summary>
    /// <param name="utf8">Any bytes, which nobody changes any more; a byte order mark is none of the text.</param>
    /// <param name="key">The connection's own key; null where there is none.</param>
    [SkipLocalsInit]
    public static MaskedText? RedactOrNull(byte[] utf8, string? key)
    {
        ReadOnlySpan<byte> written = Utf8Text.SkipMark(utf8);
        bool hasKey = WaysToWrite(key).HoldsAny(written);
        if (hasKey || written.Length > MaximumOnStack)
        {
            string all = Utf8Text.Read(written);
            string redacted = Redact(all, key);
            return hasKey || !ReferenceEquals(redacted, all) ? new MaskedText(redacted) : null;
        }
        Span<int> places = stackalloc int[SecretSearch.Room];
        int count = SecretFinder.FindPairs(written, places, out int end);
        if (count == 0 && end == written.Length)
        {
            return null;
        }
        // On the stack, since what may hold a key has to be gone soon.
        Span<char> room = stackalloc char[MaximumOnStack];
        ReadOnlySpan<char> text = room.Slice(0, Utf8Text.Read(written, room));
        if (text.Length != utf8.Length)
        {
            SecretSearch any = new(text, places);
            return any.Next(0, out FoundSecret found) ? new MaskedText(MaskAll(text, ref any, found)) : null;
        }
        // As many characters as bytes: each stands where its byte does.
        SecretSearch search = new(text, places, count, end);
        return search.Next(0, out FoundSecret first) ? new MaskedText(utf8, FindAll(ref search, first)) : null;
    }

    private static FoundSecret[] FindAll(ref SecretSearch search, FoundSecret first)
    {
        if (!search.Next(first.End, out FoundSecret next))
        {
            return [first];
        }
        List<FoundSecret> all = [first];
        do
        {
            all.Add(next);
        }
        while (search.Next(next.End, out next));
        return [.. all];
    }

    private static string MaskAll(ReadOnlySpan<char> text, ref SecretSearch search, FoundSecret masked)
    {
        // A secret is one letter at least, and never shorter than a third of its mask.
        char[] room = ArrayPool<char>.Shared.Rent(text.Length * Mask.Length);
        int length = 0;
        int copied = 0;
        do
        {
            Append(text.Slice(copied, masked.Start - copied), room, ref length);
            Append(Mask.AsSpan(), room, ref length);
            copied = masked.End;
        }
        while (search.Next(copied, out masked));
        Append(text.Slice(copied), room, ref length);
        string redacted = new(room, 0, length);
        ArrayPool<char>.Shared.Return(room);
        return redacted;
    }

    private static void Append(ReadOnlySpan<char> text, char[] room, ref int length)
    {
        text.CopyTo(room.AsSpan(length));
        length += text.Length;
    }

    private static WrittenKey WaysToWrite(string? key) => string.IsNullOrEmpty(key) ? WrittenKey.None : Written.GetValue(key!, known => new WrittenKey(known));
}
