using System.Globalization;
using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>What images, sound and files in a message have to be.</summary>
internal static class MediaRelations
{
    /// <summary>The most bytes of a request's images: "Up to 50 MB total payload size per request" (OpenAI's guide to images and vision).</summary>
    public const int MaximumBytes = 50 * 1024 * 1024;

    private static readonly Utf8Names ImageTypes = new(["image/png", "image/jpeg", "image/webp", "image/gif", "image/jpg"]);

    // What the files of these kinds begin with, in base64.
    private static readonly (string Start, string Type)[] ImageStarts =
        [("iVBORw0KGgo", "image/png"), ("/9j/", "image/jpeg"), ("R0lGOD", "image/gif"), ("UklGR", "image/webp")];

    /// <summary>An image is an address that a service can read, or base64 in a data URI.</summary>
    public static void ImageIsReadable(RequestCheck check, in RequestMembers members)
    {
        JsonSlice url = members[MemberName.Url];
        if (url.Type != JsonTokenType.String)
        {
            return;
        }
        ReadOnlySpan<byte> text = JsonSliceText.Plain(url);
        if (Starts(text, "data:"u8))
        {
            CheckDataUri(check, url, text);
        }
        else if (!IsWebAddress(text))
        {
            RequestPath path = check.Path.Member("url");
            string hint = ImageStarts.FirstOrDefault(start => Starts(url.RawString, start.Start)).Type is string type
                ? $" It looks like an image in base64: put data:{type};base64, before it."
                : string.Empty;
            check.Error(url, path, $"{path} is {url.GetRawText()}; it has to be an address with http or https, or a data URI with the image in base64.{hint}");
        }
    }

    /// <summary>The sound is base64.</summary>
    public static void AudioIsBase64(RequestCheck check, in RequestMembers members) => CheckBase64(check, members[MemberName.Data], "data", mayBeUri: false);

    /// <summary>The file's data is base64, bare or in a data URI.</summary>
    public static void FileIsBase64(RequestCheck check, in RequestMembers members) => CheckBase64(check, members[MemberName.FileData], "file_data", mayBeUri: true);

    private static void CheckDataUri(RequestCheck check, JsonSlice url, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> marker = ";base64,"u8;
        int end = text.Slice(0, Math.Min(text.Length, 200)).IndexOf(marker);
        if (end < 0)
        {
            RequestPath path = check.Path.Member("url");
            check.Error(url, path, $"{path} is a data URI without base64; it has to begin like data:image/png;base64,.");
            return;
        }
        ReadOnlySpan<byte> type = text.Slice(5, end - 5);
        ReadOnlySpan<byte> data = text.Slice(end + marker.Length);
        if (ImageTypes.IndexOf(type) < 0 && check.Findings.WantsWarnings)
        {
            RequestPath path = check.Path.Member("url");
            string shown = VisibleText.Line(JsonText.Decode(type), 60);
            check.Warning(url, path, $"{path} is of type \"{shown}\"; image/png, image/jpeg, image/webp or image/gif is documented.");
        }
        CheckData(check, url, "url", data);
    }

    private static void CheckBase64(RequestCheck check, JsonSlice value, string name, bool mayBeUri)
    {
        if (value.Type != JsonTokenType.String)
        {
            return;
        }
        ReadOnlySpan<byte> text = JsonSliceText.Plain(value);
        if (mayBeUri && Starts(text, "data:"u8))
        {
            int end = text.Slice(0, Math.Min(text.Length, 200)).IndexOf(";base64,"u8);
            text = end < 0 ? default : text.Slice(end + 8);
        }
        CheckData(check, value, name, text);
    }

    private static void CheckData(RequestCheck check, JsonSlice value, string name, ReadOnlySpan<byte> data)
    {
        RequestPath? path = null;
        if (data.IsEmpty)
        {
            path = check.Path.Member(name);
            check.Error(value, path, $"{path} has no data.");
        }
        else if (!Base64Text.IsValid(data))
        {
            path = check.Path.Member(name);
            check.Error(value, path, $"{path} is not valid base64 (RFC 4648 section 4): letters, digits, + and /, filled up with = to a multiple of four.");
        }
        else if (data.Length / 4 * 3L > MaximumBytes && check.Findings.WantsWarnings)
        {
            path = check.Path.Member(name);
            string megabytes = (data.Length / 4 * 3L / (1024 * 1024)).ToString(CultureInfo.InvariantCulture);
            check.Warning(value, path, $"{path} is {megabytes} MB; OpenAI takes {MaximumBytes / (1024 * 1024)} MB in a request.");
        }
    }

    // A host has to follow; whether it is there is for the service to find out.
    private static bool IsWebAddress(ReadOnlySpan<byte> text)
    {
        int start = Starts(text, "https://"u8) ? 8 : Starts(text, "http://"u8) ? 7 : -1;
        return start > 0 && text.Length > start && text[start] is not ((byte)'/' or (byte)'?' or (byte)'#') && text.IndexOfAny((byte)' ', (byte)'\n', (byte)'\r') < 0;
    }

    private static bool Starts(ReadOnlySpan<byte> text, string start)
    {
        for (int i = 0; i < start.Length; i++)
        {
            if (i >= text.Length || text[i] != start[i])
            {
                return false;
            }
        }
        return true;
    }

    // Schemes are compared without regard to case (RFC 3986 section 3.1).
    private static bool Starts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> scheme)
    {
        if (text.Length < scheme.Length)
        {
            return false;
        }
        for (int i = 0; i < scheme.Length; i++)
        {
            byte lower = text[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(text[i] | 0x20) : text[i];
            if (lower != scheme[i])
            {
                return false;
            }
        }
        return true;
    }
}
