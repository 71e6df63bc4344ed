using System.Runtime.CompilerServices;

namespace ApiTools.Text;

/// <summary>A text without its secrets. Where it is known where they stood, the parts of the text need not be looked through again.</summary>
internal sealed class MaskedText
{
    // What is shorter is sooner looked through than found.
    private const int ShortestPart = 32;

    private const int LongestPart = 1024;

    private const int LongestMasked = LongestPart * 3;

    // A part that stands in more places is looked through.
    private const int MaximumTries = 4;

    private readonly string? _text;

    // As it came; null where it is not known where its secrets stood.
    private readonly byte[]? _original;
    private readonly FoundSecret[] _secrets = [];

    /// <param name="text">The text, redacted.</param>
    public MaskedText(string text) => _text = text;

    /// <param name="original">The text as it came, in as many bytes of UTF-8 as it has characters.</param>
    /// <param name="secrets">Its secrets, in their order.</param>
    public MaskedText(byte[] original, FoundSecret[] secrets)
    {
        Utf8 = Mask(original, secrets);
        _original = original;
        _secrets = secrets;
    }

    /// <summary>The text in UTF-8; null where it was made as a text.</summary>
    public byte[]? Utf8 { get; }

    /// <summary>The text.</summary>
    public override string ToString() => _text ?? Utf8Text.Read(Utf8);

    /// <summary>
    /// A part of the text as <see cref="Redactor.Redact"/> redacts it, by the secrets of the text. That holds for what stands between quotation marks: before
    /// one a secret may begin, and one that does not end with the part goes on behind the other. Null where one does so or begins before the part, and for
    /// what does not stand so, such as a part that an escape was in.
    /// </summary>
    /// <param name="part">The part, as it came.</param>
    [SkipLocalsInit]
    public string? Redact(string part)
    {
        if (_original is null || part.Length is < ShortestPart or > LongestPart)
        {
            return null;
        }
        Span<byte> room = stackalloc byte[LongestPart];
        return Utf8Text.TryWriteAscii(part, room) && Find(room.Slice(0, part.Length)) is int start ? RedactAt(start, part, stackalloc char[LongestMasked]) : null;
    }

    // Where it stands between quotation marks.
    private int? Find(ReadOnlySpan<byte> part)
    {
        int from = 0;
        for (int tries = 0; tries < MaximumTries && _original.AsSpan(from).IndexOf(part) is >= 0 and int found; tries++)
        {
            int start = from + found;
            int end = start + part.Length;
            if (start > 0 && end < _original!.Length && _original[start - 1] == '"' && _original[end] == '"')
            {
                return start;
            }
            from = start + 1;
        }
        return null;
    }

    private string? RedactAt(int start, string part, Span<char> room)
    {
        int end = start + part.Length;
        int copied = start;
        int length = 0;
        foreach (FoundSecret secret in _secrets)
        {
            if (secret.End <= start)
            {
                continue;
            }
            if (secret.Begins >= end)
            {
                break;
            }
            if (secret.Begins < start || secret.End > end)
            {
                return null;
            }
            Append(part.AsSpan(copied - start, secret.Start - copied), room, ref length);
            Append(Redactor.Mask.AsSpan(), room, ref length);
            copied = secret.End;
        }
        if (length == 0)
        {
            return part;
        }
        Append(part.AsSpan(copied - start), room, ref length);
        return room.Slice(0, length).ToString();
    }

    private static void Append(ReadOnlySpan<char> text, Span<char> room, ref int length)
    {
        text.CopyTo(room.Slice(length));
        length += text.Length;
    }

    private static byte[] Mask(byte[] original, FoundSecret[] secrets)
    {
        byte[] masked = new byte[original.Length + secrets.Sum(secret => Redactor.Mask.Length - (secret.End - secret.Start))];
        int length = 0;
        int copied = 0;
        foreach (FoundSecret secret in secrets)
        {
            original.AsSpan(copied, secret.Start - copied).CopyTo(masked.AsSpan(length));
            length += secret.Start - copied;
            masked.AsSpan(length, Redactor.Mask.Length).Fill((byte)Redactor.Mask[0]);
            length += Redactor.Mask.Length;
            copied = secret.End;
        }
        original.AsSpan(copied).CopyTo(masked.AsSpan(length));
        return masked;
    }
}
