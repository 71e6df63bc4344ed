using System.Globalization;
using System.Text;

namespace ApiTools.Resolution;

/// <summary>
/// Saved HTTP text (<c>curl -i</c>, <c>curl -v</c>, a file): the last answer in it. Before it may stand what a proxy answered to CONNECT, a 100 (Continue),
/// redirects that were followed.
/// </summary>
internal static class HttpTranscript
{
    private const int MaximumHeaders = 1000;

    /// <summary>The last answer; null where the text holds none.</summary>
    public static Sighting? Read(string text)
    {
        string[] lines = text.Split('\n');
        int at = Array.FindIndex(lines, line => StatusOf(line) is not null);
        if (at < 0)
        {
            return null;
        }
        string? host = HostOf(lines);
        while (true)
        {
            int status = StatusOf(lines[at])!.Value;
            List<KeyValuePair<string, string>> headers = [];
            int body = ReadHeaders(lines, at + 1, headers);
            int next = Next(lines, body, status);
            if (next < 0)
            {
                return new Sighting { Source = "HTTP text", Status = status, Headers = headers, Body = Body(lines, body), Address = host };
            }
            at = next;
        }
    }

    // HTTP/1.1 429 Too Many Requests, HTTP/2 429; behind "< " in what curl -v writes.
    private static int? StatusOf(string line)
    {
        string text = Unmarked(line);
        if (!text.StartsWith("HTTP/", StringComparison.Ordinal))
        {
            return null;
        }
        string[] parts = text.Split([' '], 3);
        return parts.Length > 1 && parts[0].Length <= 8 && parts[1].Length == 3 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int status)
            && status is >= 100 and <= 999
            ? status
            : null;
    }

    private static int ReadHeaders(string[] lines, int at, List<KeyValuePair<string, string>> headers)
    {
        for (; at < lines.Length; at++)
        {
            string line = Unmarked(lines[at]);
            if (line.Length == 0)
            {
                return at + 1;
            }
            int colon = line.IndexOf(':');
            if (colon > 0 && headers.Count < MaximumHeaders)
            {
                headers.Add(new(line.Substring(0, colon).Trim(), line.Substring(colon + 1).Trim()));
            }
        }
        return at;
    }

    // The next answer, where this one is not the last: it follows at once, or this is a redirect whose body stands between.
    private static int Next(string[] lines, int body, int status)
    {
        int at = body;
        while (at < lines.Length && (Unmarked(lines[at]).Length == 0 || IsCurls(lines[at])))
        {
            at++;
        }
        if (at < lines.Length && StatusOf(lines[at]) is not null)
        {
            return at;
        }
        return status is < 200 or (>= 300 and < 400) ? Array.FindIndex(lines, Math.Min(body, lines.Length), line => StatusOf(line) is not null) : -1;
    }

    private static byte[] Body(string[] lines, int start) =>
        Encoding.UTF8.GetBytes(string.Join("\n", lines.Skip(start).Where(line => !IsCurls(line))).TrimEnd('\r', '\n'));

    // What curl -v says of the connection, sends, and of encrypted bytes.
    private static bool IsCurls(string line) =>
        line.StartsWith("* ", StringComparison.Ordinal) || line.StartsWith("> ", StringComparison.Ordinal) || line.StartsWith("} [", StringComparison.Ordinal)
        || line.StartsWith("{ [", StringComparison.Ordinal) || line.Trim() == ">";

    private static string? HostOf(string[] lines)
    {
        const string host = "> host: ";
        string? line = lines.FirstOrDefault(line => line.StartsWith(host, StringComparison.OrdinalIgnoreCase));
        return line?.Substring(host.Length).Trim();
    }

    private static string Unmarked(string line)
    {
        string text = line.TrimEnd('\r');
        return text.StartsWith("< ", StringComparison.Ordinal) ? text.Substring(2) : text == "<" ? string.Empty : text;
    }
}
