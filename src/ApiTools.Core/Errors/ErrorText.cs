using System.Net;
using ApiTools.Text;

namespace ApiTools.Errors;

/// <summary>Says in one line what a body says that is no JSON: an HTML page by its title, text as it stands, anything else by its kind.</summary>
internal static class ErrorText
{
    /// <summary>The message; null where the body is empty or says nothing that a person could read.</summary>
    /// <param name="text">The body.</param>
    /// <param name="contentType">The Content-Type header; null where there was none.</param>
    /// <param name="headers">The answer's headers, which may tell whose page it is.</param>
    public static string? Read(string text, string? contentType, AnswerHeaders headers)
    {
        string trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return null;
        }
        if (IsHtml(trimmed, contentType))
        {
            return Page(trimmed, PageMakers.Find(trimmed, headers));
        }
        if (PageMakers.CloudflareNumber(trimmed) is int number)
        {
            string words = PageMakers.CloudflareWords(number) is string known ? $" ({known})" : string.Empty;
            return FormattableString.Invariant($"Cloudflare, in front of the service, answered with its error {number}{words}");
        }
        return IsBinary(trimmed) ? "The service answered with something that is no text" : trimmed;
    }

    private static string Page(string html, PageMaker? maker)
    {
        string? title = Element(html, "title") ?? Element(html, "h1");
        string page = title is null ? "with an HTML page without a title" : $"with an HTML page: \"{title}\"";
        return maker is { IsProxy: true }
            ? $"A proxy on the way ({maker.Name}) answered in place of the service, {page}"
            : $"The service answered {page}{(maker is null ? string.Empty : $" ({maker.Name})")}";
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
