using System.Net;
using ApiTools.Text;

namespace ApiTools.Errors;

/// <summary>Says in one line what a body says that is no JSON: an HTML page by its title, text as it stands, anything else by its kind.</summary>
internal static class ErrorText
{
    /// <summary>The message; null where the body is empty or says nothing that a person could read.</summary>
    public static string? Read(string text, string? contentType)
    {
        string trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return null;
        }
        if (IsHtml(trimmed, contentType))
        {
            string? title = Element(trimmed, "title") ?? Element(trimmed, "h1");
            return title is null
                ? "The service answered with an HTML page without a title"
                : $"The service answered with an HTML page: \"{title}\"";
        }
        return IsBinary(trimmed) ? "The service answered with something that is no text" : trimmed;
    }

    private static bool IsHtml(string text, string? contentType) =>
        text[0] == '<'
        && (contentType?.IndexOf("html", StringComparison.OrdinalIgnoreCase) >= 0
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.IndexOf("<head", StringComparison.OrdinalIgnoreCase) >= 0);

    private static string? Element(string html, string name)
    {
        int open = html.IndexOf("<" + name, StringComparison.OrdinalIgnoreCase);
        int start = open < 0 ? -1 : html.IndexOf('>', open);
        int end = start < 0 ? -1 : html.IndexOf('<', start);
        if (end < 0)
        {
            return null;
        }
        string content = WebUtility.HtmlDecode(html.Substring(start + 1, Math.Min(end - start - 1, 1000)));
        string line = string.Join(" ", content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? null : BoundedText.Cut(line, 200);
    }

    private static bool IsBinary(string text)
    {
        int strange = text.Count(c => c is '\0' or '\ufffd');
        return strange * 10 > text.Length || text.IndexOf('\0') >= 0;
    }
}
