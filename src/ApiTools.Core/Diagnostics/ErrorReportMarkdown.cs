using System.Globalization;
using System.Text;
using ApiTools.Text;

namespace ApiTools.Diagnostics;

/// <summary>Writes a report as Markdown. Whatever a service wrote stands in a fence or in a cell that it cannot leave.</summary>
internal static class ErrorReportMarkdown
{
    /// <summary>The report, in lines that end in a line feed.</summary>
    public static string Write(ErrorReport report)
    {
        StringBuilder text = new();
        text.Append("# API error report\n\n");
        Fence(text, report.Message, string.Empty);
        Table(text, null, "Field", "Value", report.Facts);
        Attempts(text, report);
        Table(text, "Headers of the answer", "Header", "Value", report.Headers);
        Section(text, "Request", report.Request, "json");
        Section(text, "Body of the answer", report.Response, string.Empty);
        Table(text, "Versions", "What", "Version", report.Versions);
        Help(text, report.Service);
        return text.ToString();
    }

    private static void Attempts(StringBuilder text, ErrorReport report)
    {
        if (report.Attempts.Count == 0)
        {
            return;
        }
        text.Append("\n## Attempts\n\n| # | Model | Status | Code | Seconds | Waited after | Why |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (ApiAttempt attempt in report.Attempts)
        {
            Row(
                text,
                attempt.Number.ToString(CultureInfo.InvariantCulture),
                attempt.Model ?? string.Empty,
                attempt.Status?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
                attempt.Code ?? string.Empty,
                Seconds(attempt.Duration),
                attempt.Wait is TimeSpan wait ? Seconds(wait) : string.Empty,
                attempt.Reason);
        }
    }

    private static void Table(StringBuilder text, string? title, string first, string second, IReadOnlyList<KeyValuePair<string, string>> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }
        text.Append(title is null ? "\n" : $"\n## {title}\n\n");
        Row(text, first, second);
        Row(text, "---", "---");
        foreach (KeyValuePair<string, string> row in rows)
        {
            Row(text, row.Key, row.Value);
        }
    }

    private static void Row(StringBuilder text, params string[] cells)
    {
        foreach (string cell in cells)
        {
            text.Append("| ").Append(Cell(cell)).Append(' ');
        }
        text.Append("|\n");
    }

    // A service's text could end the cell, begin a link or a picture, or name somebody.
    private static string Cell(string text)
    {
        StringBuilder cell = new(text.Length);
        foreach (char c in Redactor.Redact(VisibleText.Line(text)))
        {
            if (c is '|' or '\\' or '`' or '[' or ']' or '<' or '>' or '!' or '*' or '@')
            {
                cell.Append('\\');
            }
            cell.Append(c);
        }
        return cell.ToString();
    }

    private static void Section(StringBuilder text, string title, string? content, string language)
    {
        if (content is not null)
        {
            text.Append("\n## ").Append(title).Append("\n\n");
            Fence(text, content, language);
        }
    }

    // Longer than any run of backticks in it (CommonMark 0.31, 4.5).
    private static void Fence(StringBuilder text, string content, string language)
    {
        int longest = 0;
        int run = 0;
        foreach (char c in content)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        string fence = new('`', Math.Max(3, longest + 1));
        text.Append(fence).Append(language).Append('\n').Append(content.Replace("\r\n", "\n")).Append('\n').Append(fence).Append('\n');
    }

    private static void Help(StringBuilder text, ServiceInfo? service)
    {
        if (service is null)
        {
            return;
        }
        text.Append("\n## Where to turn\n\n");
        if (service.UsagePage is not null)
        {
            text.Append("- Usage in the console: ").Append(service.UsagePage).Append('\n');
        }
        if (service.Support is not null)
        {
            text.Append("- Technical support: ").Append(service.Support).Append('\n');
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
