using System.Globalization;
using System.Text;
using ApiTools.Errors;
using ApiTools.Tokens;

namespace ApiTools.Measuring;

/// <summary>Puts tokens together to text.</summary>
internal sealed class TokenDecoder(TokenEncoding encoding)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly List<byte> _bytes = [];

    /// <summary>Adds a token.</summary>
    /// <exception cref="ApiException">invalid_value: the encoding has none of that id.</exception>
    public void Add(long id)
    {
        if (id is < 0 or > int.MaxValue || !encoding.TryGetBytes((int)id, out ReadOnlySpan<byte> bytes))
        {
            throw ApiErrors.InvalidValue(
                "InputObject",
                $"{encoding.Name} has no token {id.ToString(CultureInfo.InvariantCulture)}: the tokens are of another encoding, or no tokens.",
                "Get-Help ConvertFrom-ApiToken -Parameter Encoding");
        }
        _bytes.AddRange(bytes.ToArray());
    }

    /// <summary>The bytes of all tokens.</summary>
    public byte[] ToBytes() => [.. _bytes];

    /// <summary>The text; what is no whole character is U+FFFD.</summary>
    /// <param name="isWhole">Whether there is nothing but whole characters.</param>
    public string ToText(out bool isWhole)
    {
        byte[] bytes = ToBytes();
        try
        {
            isWhole = true;
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            isWhole = false;
            return Encoding.UTF8.GetString(bytes);
        }
    }
}
