namespace ApiTools.Simulator;

/// <summary>An HTTP request as it came over the wire.</summary>
internal sealed class WireRequest
{
    public required string Method { get; init; }

    /// <summary>The path without its query, as it was sent.</summary>
    public required string Path { get; init; }

    public required bool IsHttp11 { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    public ArraySegment<byte> Body { get; init; } = new([]);

    /// <summary>RFC 9112 9.3: HTTP/1.1 goes on unless it is told not to. HTTP/1.0 is not kept.</summary>
    public bool KeepAlive => IsHttp11 && !HasToken(Header("Connection"), "close");

    /// <summary>How many characters its headers have.</summary>
    public int HeaderLength => Headers.Sum(header => header.Key.Length + header.Value.Length);

    /// <summary>The same without the body.</summary>
    public WireRequest WithoutBody() => new() { Method = Method, Path = Path, IsHttp11 = IsHttp11, Headers = Headers };

    /// <summary>The value of a header; several of one name are joined by a comma (RFC 9110 5.3). Null where there is none.</summary>
    public string? Header(string name)
    {
        string? value = null;
        foreach (KeyValuePair<string, string> header in Headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                value = value is null ? header.Value : $"{value}, {header.Value}";
            }
        }
        return value;
    }

    /// <summary>True where a comma-separated list has the token.</summary>
    public static bool HasToken(string? list, string token) =>
        list is not null && list.Split(',').Any(item => string.Equals(item.Trim(), token, StringComparison.OrdinalIgnoreCase));
}
