using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using ApiTools.Chat;

namespace ApiTools.Attachments;

/// <summary>Writes attachments as parts of a message's content (OpenAI's reference, create chat completion: content parts).</summary>
internal static class AttachmentParts
{
    /// <summary>The media type of a PDF.</summary>
    public const string PdfType = "application/pdf";

    /// <summary>An image at an address.</summary>
    public static byte[] Image(string address, string? detail) => JsonWriting.ToUtf8(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "image_url"u8);
        writer.WriteStartObject("image_url"u8);
        writer.WriteString("url"u8, address);
        WriteDetail(writer, detail);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>An image as it is, in base64.</summary>
    public static byte[] Image(string type, ReadOnlySpan<byte> content, string? detail)
    {
        string end = detail is null ? "\"}}" : $"\",\"detail\":\"{detail}\"}}}}";
        return WithData($"{{\"type\":\"image_url\",\"image_url\":{{\"url\":\"data:{type};base64,", content, end);
    }

    /// <summary>
    /// A PDF as it is, in base64: "Chat Completions accepts only PDF files as file content parts" (OpenAI,
    /// https://developers.openai.com/api/docs/guides/file-inputs, whose examples give file_data as a data: URI), and what the models make of its pages is not documented in tokens.
    /// </summary>
    public static byte[] Pdf(string name, ReadOnlySpan<byte> content)
    {
        string quoted = Encoding.UTF8.GetString(JsonWriting.ToUtf8(writer => writer.WriteStringValue(name)));
        return WithData($"{{\"type\":\"file\",\"file\":{{\"filename\":{quoted},\"file_data\":\"data:{PdfType};base64,", content, "\"}}");
    }

    /// <summary>A text, under its file's name.</summary>
    public static byte[] Text(string? name, string text) => JsonWriting.ToUtf8(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, name is null ? text : $"{name}:\n{text}");
        writer.WriteEndObject();
    });

    /// <summary>A message of the user: a prompt, and what goes along with it.</summary>
    public static byte[] Message(string prompt, IEnumerable<ChatAttachment> attachments)
    {
        ChatRequestWriter.CheckText(prompt, "the user message");
        return JsonWriting.ToUtf8(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("role"u8, "user"u8);
            writer.WriteStartArray("content"u8);
            writer.WriteRawValue(Text(null, prompt), skipInputValidation: true);
            foreach (ChatAttachment attachment in attachments)
            {
                writer.WriteRawValue(attachment.Part, skipInputValidation: true);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void WriteDetail(Utf8JsonWriter writer, string? detail)
    {
        if (detail is not null)
        {
            writer.WriteString("detail"u8, detail);
        }
    }

    // Straight into the bytes that are sent: 50 MB are not copied from text to text.
    private static byte[] WithData(string start, ReadOnlySpan<byte> content, string end)
    {
        byte[] before = Encoding.UTF8.GetBytes(start);
        byte[] after = Encoding.UTF8.GetBytes(end);
        int coded = Base64.GetMaxEncodedToUtf8Length(content.Length);
        byte[] part = new byte[before.Length + coded + after.Length];
        before.CopyTo(part, 0);
        Base64.EncodeToUtf8(content, part.AsSpan(before.Length, coded), out _, out _);
        after.CopyTo(part, before.Length + coded);
        return part;
    }
}
