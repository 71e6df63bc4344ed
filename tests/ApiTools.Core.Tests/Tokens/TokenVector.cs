using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ApiTools.Core.Tests.Tokens;

/// <summary>A text, and what npm's tiktoken makes of it: a line of Fixtures/Tokens, which tools/tokens/New-TokenVectors.mjs writes.</summary>
/// <param name="Text">The text.</param>
/// <param name="Cl100k">Its ids in cl100k_base; "=count:digest" for many.</param>
/// <param name="O200k">Its ids in o200k_base.</param>
internal sealed record TokenVector(string Text, string Cl100k, string O200k)
{
    public static TokenVector[] Read(string name) =>
    [
        .. Fixtures.Text(Path.Combine("Tokens", name)).Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .Select(cells => new TokenVector(Unescape(cells[0]), cells[1], cells[2])),
    ];

    /// <summary>Ids as the fixtures have them.</summary>
    public static string Written(IReadOnlyList<int> ids, bool digest) => digest ? $"={ids.Count}:{Digest(ids, 8)}" : string.Join(' ', ids);

    /// <summary>The first bytes of the SHA-256 of the ids, as 32 bits each, lowest byte first.</summary>
    public static string Digest(IReadOnlyList<int> ids, int bytes)
    {
        byte[] data = new byte[ids.Count * sizeof(int)];
        Buffer.BlockCopy(ids as int[] ?? [.. ids], 0, data, 0, data.Length);
        return Convert.ToHexStringLower(SHA256.HashData(data).AsSpan(0, bytes));
    }

    public static string Escape(string text) => string.Concat(text.Select(unit =>
        unit is >= ' ' and <= '~' and not '\\' ? unit.ToString() : "\\u" + ((int)unit).ToString("X4", CultureInfo.InvariantCulture)));

    private static string Unescape(string text) =>
        Regex.Replace(text, @"\\u([0-9A-F]{4})", unit => ((char)int.Parse(unit.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
}
