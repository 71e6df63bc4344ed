using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Diagnostics;

/// <summary>Writes a report as a JSON object, with the members that the Markdown has sections for.</summary>
internal static class ErrorReportJson
{
    // The facts that are whole numbers.
    private static readonly string[] Numbers = ["Status", "Attempts"];

    /// <summary>The report, indented, with a line feed at its end.</summary>
    public static string Write(ErrorReport report)
    {
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("message"u8, SurrogatePairs.Mend(report.Message));
            foreach (KeyValuePair<string, string> fact in report.Facts)
            {
                string name = fact.Key.ToLowerInvariant().Replace("'s", string.Empty).Replace(' ', '_');
                if (Array.IndexOf(Numbers, fact.Key) >= 0)
                {
                    writer.WriteNumber(name, int.Parse(fact.Value, CultureInfo.InvariantCulture));
                    continue;
                }
                writer.WriteString(name, SurrogatePairs.Mend(fact.Value));
            }
            WriteAttempts(writer, report.Attempts);
            WriteMembers(writer, "headers"u8, report.Headers);
            Write(writer, "request"u8, report.Request);
            Write(writer, "response"u8, report.Response);
            WriteMembers(writer, "versions"u8, report.Versions);
            Write(writer, "usage_page"u8, report.Service?.UsagePage);
            Write(writer, "support"u8, report.Service?.Support);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length).Replace("\r\n", "\n") + "\n";
    }

    private static void WriteAttempts(Utf8JsonWriter writer, IReadOnlyList<ApiAttempt> attempts)
    {
        writer.WriteStartArray("attempts_made"u8);
        foreach (ApiAttempt attempt in attempts)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number"u8, attempt.Number);
            Write(writer, "model"u8, attempt.Model is null ? null : Redactor.Redact(attempt.Model));
            if (attempt.Status is int status)
            {
                writer.WriteNumber("status"u8, status);
            }
            Write(writer, "code"u8, attempt.Code);
            writer.WriteNumber("seconds"u8, Math.Round(attempt.Duration.TotalSeconds, 3));
            if (attempt.Wait is TimeSpan wait)
            {
                writer.WriteNumber("waited_after"u8, Math.Round(wait.TotalSeconds, 3));
            }
            Write(writer, "why"u8, attempt.Reason);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteMembers(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<KeyValuePair<string, string>> members)
    {
        writer.WriteStartObject(name);
        foreach (KeyValuePair<string, string> member in members)
        {
            writer.WriteString(member.Key, SurrogatePairs.Mend(member.Value));
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, SurrogatePairs.Mend(text));
        }
    }
}
