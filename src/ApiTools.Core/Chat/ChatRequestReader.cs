using System.Text.Json;

namespace ApiTools.Chat;

/// <summary>Looks things up in a request.</summary>
internal static class ChatRequestReader
{
    /// <summary>The model that a request names; null where it names none or is no JSON.</summary>
    public static string? Model(ReadOnlySpan<byte> request)
    {
        Utf8JsonReader reader = new(request);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isModel = JsonStrings.NameIs(in reader, "model"u8);
                reader.Read();
                if (isModel)
                {
                    return reader.TokenType == JsonTokenType.String ? JsonStrings.Read(ref reader) : null;
                }
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // The service, or the check, says what is wrong with it.
        }
        return null;
    }
}
