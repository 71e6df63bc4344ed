using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ApiTools.Chat;
using ApiTools.Text;

namespace ApiTools.Batch;

/// <summary>Writes a finished input as a journal's line: the Batch API's output line, and under <c>apitools</c> what that has no place for.</summary>
internal static class JournalEntryWriter
{
    // Control characters and whatever else some program takes for a line's end are escaped by it, text beyond ASCII is not.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The line of an answer, with its line feed.</summary>
    public static byte[] Write(JournalInput input, ChatCompletion completion, DateTimeOffset now) => Line(writer =>
    {
        JsonStringWriter.Write(writer, "custom_id"u8, input.Key);
        writer.WriteStartObject("response"u8);
        writer.WriteNumber("status_code"u8, 200);
        JsonStringWriter.Write(writer, "request_id"u8, completion.RequestId);
        writer.WritePropertyName("body"u8);
        ChatCompletionWriter.Write(writer, completion, now);
        writer.WriteEndObject();
        writer.WriteNull("error"u8);
        WriteDetails(writer, input, now, completion.Duration, completion.AttemptHistory);
    });

    /// <summary>The line of a failure, with its line feed.</summary>
    public static byte[] Write(JournalInput input, ApiException failure, DateTimeOffset now) => Line(writer =>
    {
        JsonStringWriter.Write(writer, "custom_id"u8, input.Key);
        if (failure.Status is int status)
        {
            writer.WriteStartObject("response"u8);
            writer.WriteNumber("status_code"u8, status);
            JsonStringWriter.Write(writer, "request_id"u8, failure.RequestId);
            writer.WriteStartObject("body"u8);
            WriteError(writer, failure, isBody: true);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("response"u8);
        }
        WriteError(writer, failure, isBody: false);
        TimeSpan duration = failure.AttemptHistory.Aggregate(TimeSpan.Zero, (sum, attempt) => sum + attempt.Duration + (attempt.Wait ?? TimeSpan.Zero));
        WriteDetails(writer, input, now, duration, failure.AttemptHistory);
    });

    /// <summary>One JSON object on a line of its own.</summary>
    public static byte[] Line(Action<Utf8JsonWriter> writeMembers)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter writer = new(line, Options))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    // The API's error object in the body, with the service's own code; the Batch API's, with the documented code, beside the response.
    private static void WriteError(Utf8JsonWriter writer, ApiException failure, bool isBody)
    {
        writer.WriteStartObject("error"u8);
        JsonStringWriter.Write(writer, "code"u8, isBody ? failure.ServiceCode : failure.Code);
        JsonStringWriter.Write(writer, "message"u8, Redactor.Redact(failure.Message));
        if (isBody)
        {
            JsonStringWriter.Write(writer, "type"u8, failure.Type);
        }
        if (isBody || failure.Param is not null)
        {
            JsonStringWriter.Write(writer, "param"u8, failure.Param);
        }
        writer.WriteEndObject();
    }

    private static void WriteDetails(
        Utf8JsonWriter writer, JournalInput input, DateTimeOffset now, TimeSpan duration, IReadOnlyList<ApiAttempt> attempts)
    {
        writer.WriteStartObject("apitools"u8);
        writer.WriteString("request"u8, input.Request);
        if (input.Occurrence is int occurrence)
        {
            writer.WriteNumber("occurrence"u8, occurrence);
        }
        writer.WriteString("time"u8, now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteNumber("duration"u8, Seconds(duration));
        writer.WriteStartArray("attempts"u8);
        foreach (ApiAttempt attempt in attempts)
        {
            WriteAttempt(writer, attempt);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteAttempt(Utf8JsonWriter writer, ApiAttempt attempt)
    {
        writer.WriteStartObject();
        JsonStringWriter.Write(writer, "model"u8, attempt.Model);
        if (attempt.Status is int status)
        {
            writer.WriteNumber("status"u8, status);
        }
        if (attempt.Code is not null)
        {
            JsonStringWriter.Write(writer, "code"u8, attempt.Code);
        }
        writer.WriteNumber("duration"u8, Seconds(attempt.Duration));
        if (attempt.Wait is TimeSpan wait)
        {
            writer.WriteNumber("wait"u8, Seconds(wait));
        }
        JsonStringWriter.Write(writer, "reason"u8, attempt.Reason);
        writer.WriteEndObject();
    }

    // To the tick, and without the zeros behind it.
    private static decimal Seconds(TimeSpan time) => time.Ticks / (decimal)TimeSpan.TicksPerSecond;
}
