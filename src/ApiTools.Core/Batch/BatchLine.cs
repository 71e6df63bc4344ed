using System.Text.Json;
using ApiTools.Chat;
using ApiTools.Errors;

namespace ApiTools.Batch;

/// <summary>
/// A line of a file of requests: a request itself, or a line of the Batch API's input
/// (https://platform.openai.com/docs/api-reference/batch/request-input), whose <c>body</c> is the request.
/// </summary>
/// <param name="Request">The request, UTF-8 JSON, to the letter as the line has it.</param>
/// <param name="CustomId">The caller's name for it; null for a request itself.</param>
internal sealed record BatchLine(byte[] Request, string? CustomId)
{
    /// <summary>Reads a line. One that is no JSON is returned as it is: the check of the request says where the fault stands.</summary>
    /// <exception cref="ApiRequestException">invalid_value: the line asks for something else than a chat.</exception>
    public static BatchLine Read(byte[] line)
    {
        try
        {
            return ReadBatch(line) ?? new BatchLine(line, null);
        }
        catch (JsonException)
        {
            return new BatchLine(line, null);
        }
    }

    // A chat request has messages; what has a body and none is the Batch API's.
    private static BatchLine? ReadBatch(byte[] line)
    {
        Utf8JsonReader reader = new(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }
        byte[]? body = null;
        string? customId = null, url = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonStrings.NameIs(in reader, "messages"u8))
            {
                return null;
            }
            bool isBody = JsonStrings.NameIs(in reader, "body"u8), isId = JsonStrings.NameIs(in reader, "custom_id"u8), isUrl = JsonStrings.NameIs(in reader, "url"u8);
            reader.Read();
            if (isBody && reader.TokenType == JsonTokenType.StartObject)
            {
                int start = checked((int)reader.TokenStartIndex);
                reader.Skip();
                body = line.AsSpan(start, checked((int)reader.BytesConsumed) - start).ToArray();
                continue;
            }
            string? text = (isId || isUrl) && reader.TokenType == JsonTokenType.String ? ReadText(ref reader) : null;
            customId = isId ? text : customId;
            url = isUrl ? text : url;
            reader.Skip();
        }
        reader.Read();
        return body is null ? null : new BatchLine(RefuseOther(url) ?? body, customId);
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no text.
            return null;
        }
    }

    private static byte[]? RefuseOther(string? url) => url is null || url.TrimEnd('/').EndsWith("/chat/completions", StringComparison.Ordinal)
        ? null
        : throw ApiErrors.InvalidValue("url", $"The line asks for '{url}', and only chats (/v1/chat/completions) are sent.", "Get-Help Invoke-ApiChat -Examples");
}
