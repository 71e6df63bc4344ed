using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Diagnostics;

/// <summary>Reads a line of a log. What it does not know, or what is of another kind than it should be, is passed over.</summary>
internal sealed class LogEntryReader
{
    private readonly LogNames _names = new();
    private ApiRequestOutcome? _outcome;

    /// <summary>The entry; null for a line that is none of a log's.</summary>
    public ApiLogEntry? Read(ReadOnlySpan<byte> line)
    {
        // Another tool's lines say neither: one that is there was sent.
        ApiLogEntry entry = new() { Attempt = 1 };
        _outcome = null;
        try
        {
            Utf8JsonReader reader = new(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadMember(ref reader, entry);
            }
            entry.Outcome = _outcome ?? (entry.Code is not null || entry.StatusCode >= 400 ? ApiRequestOutcome.Failed : ApiRequestOutcome.Succeeded);
            // A second value behind the object, or half an object.
            return reader.TokenType == JsonTokenType.EndObject && !reader.Read() && entry.Operation.Length > 0 && entry.Time != default ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // By the length first: it tells most names apart.
    private void ReadMember(ref Utf8JsonReader reader, ApiLogEntry entry)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        if (name.StartsWith("gen_ai."u8))
        {
            ReadGenAI(name, ref reader, entry);
        }
        else if (name.StartsWith("apitools."u8))
        {
            ReadOwn(name, ref reader, entry);
        }
        else
        {
            ReadOther(name, ref reader, entry);
        }
    }

    private void ReadGenAI(ReadOnlySpan<byte> name, ref Utf8JsonReader reader, ApiLogEntry entry)
    {
        reader.Read();
        switch (name.Length)
        {
            case 21 when name.SequenceEqual(LogFields.Operation):
                entry.Operation = Name(ref reader) ?? string.Empty;
                break;
            case 20 when name.SequenceEqual(LogFields.Model):
                entry.Model = Name(ref reader);
                break;
            case 21 when name.SequenceEqual(LogFields.ResponseModel):
                entry.ResponseModel = Name(ref reader);
                break;
            case 18 when name.SequenceEqual(LogFields.ResponseId):
                entry.ResponseId = Text(ref reader);
                break;
            case 30 when name.SequenceEqual(LogFields.FinishReasons):
                entry.FinishReasons = Names(ref reader);
                break;
            case 25 when name.SequenceEqual(LogFields.InputTokens):
                entry.InputTokens = Number(ref reader);
                break;
            case 26 when name.SequenceEqual(LogFields.OutputTokens):
                entry.OutputTokens = Number(ref reader);
                break;
            case 36 when name.SequenceEqual(LogFields.CachedTokens):
                entry.CachedTokens = Number(ref reader);
                break;
            case 36 when name.SequenceEqual(LogFields.ReasoningTokens):
                entry.ReasoningTokens = Number(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadOwn(ReadOnlySpan<byte> name, ref Utf8JsonReader reader, ApiLogEntry entry)
    {
        reader.Read();
        switch (name.Length)
        {
            case 16 when name.SequenceEqual(LogFields.Outcome):
                _outcome = Outcome(ref reader);
                break;
            case 19 when name.SequenceEqual(LogFields.Connection):
                entry.Connection = Name(ref reader);
                break;
            case 13 when name.SequenceEqual(LogFields.Call):
                entry.Call = Text(ref reader);
                break;
            case 16 when name.SequenceEqual(LogFields.Attempt):
                entry.Attempt = Number(ref reader) ?? entry.Attempt;
                break;
            case 19 when name.SequenceEqual(LogFields.RequestId):
                entry.RequestId = Text(ref reader);
                break;
            case 17 when name.SequenceEqual(LogFields.Duration):
                entry.Duration = Seconds(ref reader);
                break;
            case 13 when name.SequenceEqual(LogFields.Wait):
                entry.Wait = Seconds(ref reader);
                break;
            case 21 when name.SequenceEqual(LogFields.RequestBody):
                entry.RequestBody = Text(ref reader);
                break;
            case 22 when name.SequenceEqual(LogFields.ResponseBody):
                entry.ResponseBody = Text(ref reader);
                break;
            case 20 when name.SequenceEqual(LogFields.Dropped):
                entry.Dropped = Number(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadOther(ReadOnlySpan<byte> name, ref Utf8JsonReader reader, ApiLogEntry entry)
    {
        reader.Read();
        switch (name.Length)
        {
            case 9 when name.SequenceEqual(LogFields.Timestamp):
                entry.Time = reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset time) ? time : default;
                break;
            case 14 when name.SequenceEqual(LogFields.Server):
                entry.Server = Name(ref reader);
                break;
            case 11 when name.SequenceEqual(LogFields.Port):
                entry.Port = Number(ref reader);
                break;
            case 25 when name.SequenceEqual(LogFields.Status):
                entry.StatusCode = Number(ref reader);
                break;
            case 10 when name.SequenceEqual(LogFields.ErrorType):
                entry.Code = Name(ref reader);
                break;
            case 13 when name.SequenceEqual(LogFields.ErrorMessage):
                entry.Message = Text(ref reader);
                break;
            case 11 when name.SequenceEqual(LogFields.ProcessId):
                entry.ProcessId = Number(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private string? Name(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.IndexOf((byte)'\\') < 0)
        {
            return _names.Get(reader.ValueSpan);
        }
        return Text(ref reader);
    }

    private IReadOnlyList<string> Names(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return [];
        }
        List<string>? several = null;
        IReadOnlyList<string> names = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
            }
            else if (names.Count == 0 && reader.ValueSpan.IndexOf((byte)'\\') < 0)
            {
                names = _names.GetList(reader.ValueSpan);
            }
            else
            {
                several ??= [.. names];
                several.Add(Name(ref reader) ?? string.Empty);
                names = several;
            }
        }
        return names;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // No UTF-8, or half a surrogate pair: as it stands.
            return Utf8Text.Read(reader.ValueSpan);
        }
    }

    private static ApiRequestOutcome? Outcome(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return OutcomeNames.Read(reader.ValueSpan);
        }
        reader.Skip();
        return null;
    }

    private static int? Number(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number))
        {
            return number;
        }
        reader.Skip();
        return null;
    }

    private static TimeSpan Seconds(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double seconds) && seconds >= 0 && seconds < TimeSpan.MaxValue.TotalSeconds / 2)
        {
            return TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        }
        reader.Skip();
        return TimeSpan.Zero;
    }
}
