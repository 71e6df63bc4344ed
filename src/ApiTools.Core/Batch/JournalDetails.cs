using System.Text.Json;
using ApiTools.Chat;

namespace ApiTools.Batch;

/// <summary>What a journal's line says under <c>apitools</c> of when and how an input ended.</summary>
internal sealed class JournalDetails
{
    private readonly List<ApiAttempt> _attempts = [];

    public DateTimeOffset? Time { get; private set; }

    public TimeSpan Duration { get; private set; }

    public IReadOnlyList<ApiAttempt> Attempts => _attempts;

    public static JournalDetails Read(JournalLine line)
    {
        JournalDetails details = new();
        if (line.Details.IsPresent)
        {
            details.ReadMembers(line.Details.Of(line.Text.Span));
        }
        return details;
    }

    private void ReadMembers(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonStrings.NameIs(in reader, "time"u8))
            {
                reader.Read();
                Time = reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset time) ? time : null;
            }
            else if (JsonStrings.NameIs(in reader, "duration"u8))
            {
                Duration = ReadSeconds(ref reader) ?? TimeSpan.Zero;
            }
            else if (JsonStrings.NameIs(in reader, "attempts"u8))
            {
                ReadAttempts(ref reader);
            }
            else
            {
                reader.Read();
            }
            reader.Skip();
        }
    }

    private void ReadAttempts(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadAttempt(ref reader);
            }
            reader.Skip();
        }
    }

    private void ReadAttempt(ref Utf8JsonReader reader)
    {
        string? model = null, code = null, reason = null;
        int? status = null;
        TimeSpan? duration = null, wait = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (JsonStrings.Read(ref reader))
            {
                case "model":
                    model = ReadText(ref reader);
                    break;
                case "status":
                    reader.Read();
                    status = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number) ? number : null;
                    break;
                case "code":
                    code = ReadText(ref reader);
                    break;
                case "reason":
                    reason = ReadText(ref reader);
                    break;
                case "duration":
                    duration = ReadSeconds(ref reader);
                    break;
                case "wait":
                    wait = ReadSeconds(ref reader);
                    break;
                default:
                    reader.Read();
                    break;
            }
            reader.Skip();
        }
        _attempts.Add(new ApiAttempt(_attempts.Count + 1, model, status, code, duration ?? TimeSpan.Zero, wait, reason ?? string.Empty));
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? JsonStrings.Read(ref reader) : null;
    }

    private static TimeSpan? ReadSeconds(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out decimal seconds) && Math.Abs(seconds) < int.MaxValue
            ? new TimeSpan((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
    }
}
