using System.Text;
using ApiTools.Measuring;

namespace ApiTools;

/// <summary>One token of a text.</summary>
public sealed class ApiToken
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private string? _text;

    internal ApiToken(TokenizedText of, int id, byte[] bytes, int index, long start)
    {
        Of = of;
        Id = id;
        Bytes = bytes;
        Index = index;
        Start = start;
    }

    /// <summary>Its number in the encoding.</summary>
    public int Id { get; }

    /// <summary>Its text; what is a part of a character only is U+FFFD in it, and stands in <see cref="Bytes"/> as it is.</summary>
    public string Text => _text ??= System.Text.Encoding.UTF8.GetString(Bytes);

    /// <summary>Its bytes: UTF-8, which may begin or end within a character.</summary>
    public byte[] Bytes { get; }

    /// <summary>Its position among the text's tokens, from 0.</summary>
    public int Index { get; }

    /// <summary>Where it begins in the text, in UTF-16 units from 0, as <c>String.Substring</c> counts; where its first byte is within a character, where that character begins.</summary>
    public long Start { get; }

    /// <summary>The name of its encoding.</summary>
    public string Encoding => Of.Encoding;

    /// <summary>Whether it is whole characters, and no part of one.</summary>
    public bool IsWhole
    {
        get
        {
            try
            {
                _ = Strict.GetCharCount(Bytes);
                return true;
            }
            catch (DecoderFallbackException)
            {
                return false;
            }
        }
    }

    /// <summary>The text that it is of.</summary>
    internal TokenizedText Of { get; }

    /// <summary>Its text.</summary>
    public override string ToString() => Text;
}
