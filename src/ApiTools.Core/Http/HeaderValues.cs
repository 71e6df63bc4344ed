using System.Net.Http.Headers;

namespace ApiTools.Http;

/// <summary>An answer's headers as plain pairs, as <c>Errors/</c> reads them.</summary>
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

    private static void Add(Dictionary<string, string> values, HttpHeaders headers)
    {
        foreach (KeyValuePair<string, IEnumerable<string>> header in headers)
        {
            values[header.Key] = string.Join(",", header.Value);
        }
    }
}
