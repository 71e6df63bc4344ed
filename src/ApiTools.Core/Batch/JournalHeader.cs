using System.Text;
using System.Text.Json;
using ApiTools.Chat;

namespace ApiTools.Batch;

/// <summary>Reads and writes the line that begins a job.</summary>
internal static class JournalHeader
{
    /// <summary>The line, with its line feed.</summary>
    public static byte[] Write(JobDescription job, DateTimeOffset now) => JournalEntryWriter.Line(writer =>
    {
        writer.WriteNumber("apitools_journal"u8, JournalFormat.Version);
        writer.WriteStartObject("job"u8);
        writer.WriteString("time"u8, now.UtcDateTime);
        writer.WriteString("fingerprint"u8, job.Fingerprint);
        JsonStringWriter.Write(writer, "model"u8, job.Model);
        writer.WriteStartObject("parameters"u8);
        foreach (KeyValuePair<string, string> parameter in job.Parameters)
        {
            JsonStringWriter.Write(writer, Encoding.UTF8.GetBytes(parameter.Key), parameter.Value);
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>The job that a line begins. What it does not say is not there: the fingerprint of such a job is that of no other.</summary>
    public static JobDescription Read(JournalLine line)
    {
        string? model = null;
        string fingerprint = string.Empty;
        SortedDictionary<string, string> parameters = new(StringComparer.Ordinal);
        Utf8JsonReader reader = new(line.Job.Of(line.Text.Span));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isModel = JsonStrings.NameIs(in reader, "model"u8);
            bool isFingerprint = JsonStrings.NameIs(in reader, "fingerprint"u8);
            bool areParameters = JsonStrings.NameIs(in reader, "parameters"u8);
            reader.Read();
            if (isModel && reader.TokenType == JsonTokenType.String)
            {
                model = JsonStrings.Read(ref reader);
            }
            else if (isFingerprint && reader.TokenType == JsonTokenType.String)
            {
                fingerprint = JsonStrings.Read(ref reader);
            }
            else if (areParameters && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadParameters(ref reader, parameters);
            }
            else
            {
                reader.Skip();
            }
        }
        return JobDescription.Recorded(model, parameters, fingerprint);
    }

    private static void ReadParameters(ref Utf8JsonReader reader, SortedDictionary<string, string> parameters)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonStrings.Read(ref reader);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                parameters[name] = JsonStrings.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
