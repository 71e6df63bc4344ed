using System.Text.Json;
using ApiTools.Chat;

namespace ApiTools.Batch;

/// <summary>An error object of a journal's line.</summary>
internal readonly record struct JournalError(string? Code, string? Message, string? Type, string? Param)
{
    /// <summary>Reads an error object; of none, or of anything else, nothing.</summary>
    public static JournalError Read(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        JournalError error = default;
        if (json.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return error;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonStrings.Read(ref reader);
            reader.Read();
            string? text = reader.TokenType == JsonTokenType.String ? JsonStrings.Read(ref reader) : null;
            reader.Skip();
            error = name switch
            {
                "code" => error with { Code = text },
                "message" => error with { Message = text },
                "type" => error with { Type = text },
                "param" => error with { Param = text },
                _ => error,
            };
        }
        return error;
    }

    /// <summary>Reads the error object of an answer's body.</summary>
    public static JournalError ReadBody(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        if (json.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isError = JsonStrings.NameIs(in reader, "error"u8);
            JournalPart value = JournalPart.Read(ref reader);
            if (isError)
            {
                return Read(value.Of(json));
            }
        }
        return default;
    }
}
