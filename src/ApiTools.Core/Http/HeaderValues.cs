using System.Net.Http.Headers;

namespace ApiTools.Http;

/// <summary>An answer's headers, as <c>Errors/</c> reads them.</summary>
internal static class HeaderValues
{
    /// <summary>All headers, each with its values joined.</summary>
    public static Dictionary<string, string> Collect(HttpResponseMessage response)
    {
        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        Add(values, response.Headers);
        if (response.Content is not null)
        {
            Add(values, response.Content.Headers);
        }
        return values;
    }

#if NET8_0_OR_GREATER
    /// <summary>The values of one header, joined; null where there is none. The others are not looked at.</summary>
    public static string? Find(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out HeaderStringValues values)
        || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.Count == 1 ? values.ToString() : string.Join(",", values)
            : null;
#else
    /// <summary>The values of one header, joined; null where there is none. The others are not looked at.</summary>
    public static string? Find(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) || response.Content?.Headers.TryGetValues(name, out values) == true
            ? string.Join(",", values)
            : null;
#endif

    private static void Add(Dictionary<string, string> values, HttpHeaders headers)
    {
        foreach (KeyValuePair<string, IEnumerable<string>> header in headers)
        {
            values[header.Key] = string.Join(",", header.Value);
        }
    }
}
