using System.Globalization;
using System.Text;

namespace ApiTools.Repair;

/// <summary>A JSON Pointer (RFC 6901), as its reference tokens.</summary>
internal sealed class JsonPointer
{
    private JsonPointer(string[] tokens) => Tokens = tokens;

    /// <summary>The tokens, unescaped; none for the whole document.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>The token for the place itself, in what <see cref="ParentLength"/> tokens name.</summary>
    public string Last => Tokens[Tokens.Count - 1];

    /// <summary>How many tokens name what holds the place; -1 for the whole document, which nothing holds.</summary>
    public int ParentLength => Tokens.Count - 1;

    /// <summary>Reads a pointer; null where it is none.</summary>
    public static JsonPointer? Parse(string text)
    {
        if (text.Length == 0)
        {
            return new JsonPointer([]);
        }
        if (text[0] != '/')
        {
            return null;
        }
        string[] tokens = text.Substring(1).Split('/');
        for (int i = 0; i < tokens.Length; i++)
        {
            if (Unescape(tokens[i]) is not string token)
            {
                return null;
            }
            tokens[i] = token;
        }
        return new JsonPointer(tokens);
    }

    /// <summary>The index that a token is in an array (RFC 6901 section 4: no leading zeros); null where it is none.</summary>
    public static int? Index(string token) =>
        (token == "0" || (token.Length > 0 && token[0] is >= '1' and <= '9'))
        && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? index
            : null;

    /// <summary>True where one of two pointers names the same place as the other, or what holds it.</summary>
    public bool Covers(JsonPointer other)
    {
        int shared = Math.Min(Tokens.Count, other.Tokens.Count);
        for (int i = 0; i < shared; i++)
        {
            if (Tokens[i] != other.Tokens[i])
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>True where this names a part of what the other names.</summary>
    public bool IsWithin(JsonPointer other) => Tokens.Count > other.Tokens.Count && Covers(other);

    /// <summary>True where two pointers name places in one object or array.</summary>
    public bool IsSibling(JsonPointer other) =>
        Tokens.Count == other.Tokens.Count && Tokens.Count > 0 && Tokens.Take(ParentLength).SequenceEqual(other.Tokens.Take(ParentLength));

    // RFC 6901 section 3: ~1 is /, ~0 is ~, and ~ stands before nothing else.
    private static string? Unescape(string token)
    {
        if (token.IndexOf('~') < 0)
        {
            return token;
        }
        StringBuilder text = new(token.Length);
        for (int i = 0; i < token.Length; i++)
        {
            if (token[i] != '~')
            {
                text.Append(token[i]);
                continue;
            }
            i++;
            if (i >= token.Length || token[i] is not ('0' or '1'))
            {
                return null;
            }
            text.Append(token[i] == '0' ? '~' : '/');
        }
        return text.ToString();
    }
}
