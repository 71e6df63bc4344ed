using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>Headers that a caller adds to a request: what may be one, and how it gets into the message. Their values may be secret.</summary>
internal static class RequestHeaders
{
    private const string Param = "Header";
    private const string Help = "Get-Help Invoke-ApiChat -Parameter Header";

    // RFC 9110, 5.6.2: what a token has beside letters and digits.
    private const string TokenSigns = "!#$%&'*+-.^_`|~";

    /// <summary>Refuses what no header can be, and the headers that are set elsewhere. No message has a value in it.</summary>
    /// <exception cref="ApiRequestException">invalid_value of the parameter Header.</exception>
    public static void Check(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        for (int i = 0; i < headers.Count; i++)
        {
            CheckName(headers[i].Key, i + 1);
            CheckValue(headers[i].Key, headers[i].Value);
        }
    }

    /// <summary>Adds checked headers to a message; the body's own (<c>Content-Language</c>) to its content.</summary>
    public static void Add(HttpRequestMessage message, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        for (int i = 0; i < headers.Count; i++)
        {
            if (!message.Headers.TryAddWithoutValidation(headers[i].Key, headers[i].Value))
            {
                message.Content?.Headers.TryAddWithoutValidation(headers[i].Key, headers[i].Value);
            }
        }
    }

    // What is no name is not repeated: it may be a key in the wrong place.
    private static void CheckName(string? name, int number)
    {
        if (string.IsNullOrEmpty(name) || !name!.All(IsTokenSign))
        {
            throw ApiErrors.InvalidValue(
                Param, $"The name of header {number} is {(string.IsNullOrEmpty(name) ? "empty" : "no header's name")}: it is one word of ASCII letters, digits and signs such as '-'.", Help);
        }
        switch (name!.ToLowerInvariant())
        {
            case "authorization" or "api-key":
                throw ApiErrors.InvalidValue(Param, $"The header '{name}' carries the key, which belongs to the connection: Connect-ApiService -ApiKey.", "Connect-ApiService");
            case "host":
                throw ApiErrors.InvalidValue(Param, $"The header '{name}' follows from the address: Connect-ApiService -BaseUri.", "Connect-ApiService");
            case "content-length" or "content-type" or "transfer-encoding":
                throw ApiErrors.InvalidValue(Param, $"The header '{name}' follows from the request's body and cannot be set.", Help);
        }
    }

    // RFC 9110, 5.5: visible characters, blanks and tabs; ASCII, for no server agrees with the next on anything else.
    private static void CheckValue(string name, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw ApiErrors.InvalidValue(Param, $"The header '{name}' has no value.", Help);
        }
        for (int i = 0; i < value!.Length; i++)
        {
            if (value[i] is (< ' ' and not '\t') or > '~')
            {
                string what = value[i] is '\r' or '\n' ? "a line end" : "a character that no header may have";
                throw ApiErrors.InvalidValue(Param, $"The value of the header '{name}' has {what} at position {i + 1} of {value.Length}.", Help);
            }
        }
    }

    private static bool IsTokenSign(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || TokenSigns.IndexOf(c) >= 0;
}
