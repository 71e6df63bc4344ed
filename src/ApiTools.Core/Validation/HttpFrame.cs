using System.Globalization;
using System.Text;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>
/// A saved HTTP request (RFC 9112): a request line such as <c>POST /v1/chat/completions HTTP/1.1</c>, headers, a blank line, and the body. The version
/// may be left out, as in the files of editors that send them.
/// </summary>
internal sealed class HttpFrame
{
    private const string InvalidValue = "invalid_value";

    private static readonly string[] Methods = ["POST", "GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    private readonly string _method;
    private readonly string _target;
    private readonly int _targetStart;
    private readonly int _length;
    private HttpHeader? _contentLength;
    private HttpHeader? _contentType;
    private HttpHeader? _encoding;

    private HttpFrame(string method, string target, int targetStart, int length)
    {
        _method = method;
        _target = target;
        _targetStart = targetStart;
        _length = length;
    }

    /// <summary>Where the body begins; the text's length where there is none.</summary>
    public int BodyStart { get; private set; }

    /// <summary>How many lines stand before the body.</summary>
    public int Lines { get; private set; } = 1;

    /// <summary>True where the body is JSON text to be checked: it is there, and as it was before it was sent.</summary>
    public bool HasChat => BodyStart < _length && _encoding is null;

    /// <summary>The saved request that a text is; null where it is none.</summary>
    /// <param name="text">Any bytes, without a byte order mark.</param>
    public static HttpFrame? Find(ReadOnlySpan<byte> text)
    {
        if (text.Length == 0 || text[0] is not (>= (byte)'A' and <= (byte)'Z'))
        {
            return null;
        }
        string line = Utf8Text.Read(text.Slice(0, Math.Min(JsonScan.EndOfLine(text, 0), 4096)));
        string[] words = line.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        bool isOne = words.Length is 2 or 3
            && Array.IndexOf(Methods, words[0]) >= 0
            && (words[1][0] == '/' || words[1].StartsWith("http", StringComparison.Ordinal))
            && (words.Length == 2 || words[2].StartsWith("HTTP/", StringComparison.Ordinal));
        if (!isOne)
        {
            return null;
        }
        HttpFrame frame = new(words[0], words[1], words[0].Length + 1, text.Length);
        frame.ReadHeaders(text);
        return frame;
    }

    /// <summary>Adds what is wrong with the head.</summary>
    /// <param name="findings">Where to add it.</param>
    /// <param name="text">The whole text.</param>
    public void Check(FindingList findings, ReadOnlySpan<byte> text)
    {
        findings.IsOfFrame = true;
        if (_method != "POST")
        {
            findings.Error(InvalidValue, 0, RequestPath.Root.Member("method"), $"The method is {_method}; a chat is asked with POST.");
        }
        if (!_target.Split('?')[0].TrimEnd('/').EndsWith("/chat/completions", StringComparison.Ordinal))
        {
            string shown = VisibleText.Line(_target, 100);
            findings.Error(InvalidValue, _targetStart, RequestPath.Root.Member("url"), $"The request goes to {shown}; a chat's path ends in /chat/completions.");
        }
        if (_encoding is HttpHeader encoding)
        {
            findings.Error(
                InvalidValue, encoding.Start, RequestPath.Root, $"The body cannot be read as it was sent ({VisibleText.Line(encoding.Name, 40)}: {VisibleText.Line(encoding.Value, 40)}): save it as it was before.");
        }
        else if (BodyStart >= text.Length)
        {
            findings.Error("missing_required_field", text.Length, RequestPath.Root, "The saved request has no body: it stands after the headers and a blank line.");
        }
        else
        {
            CheckHeaders(findings, text.Slice(BodyStart));
        }
        findings.IsOfFrame = false;
    }

    /// <summary>The head for another body: its Content-Length, where it has one, says how long that is.</summary>
    /// <param name="text">The text that this is the frame of.</param>
    /// <param name="body">The new body.</param>
    /// <param name="length">Where the header says something else now, what it said, what it says, and the offset.</param>
    public byte[] HeadFor(ReadOnlySpan<byte> text, ReadOnlySpan<byte> body, out (string Before, string After, int Offset)? length)
    {
        length = null;
        ReadOnlySpan<byte> head = text.Slice(0, BodyStart);
        if (_contentLength is not HttpHeader header)
        {
            return head.ToArray();
        }
        // Where the line end at the end of the file was no part of the body, it is none now.
        bool isTrimmed = header.Value == Digits(Trimmed(text.Slice(BodyStart)).Length);
        string after = Digits(isTrimmed ? Trimmed(body).Length : body.Length);
        if (after == header.Value)
        {
            return head.ToArray();
        }
        length = (header.Value, after, header.ValueStart);
        byte[] digits = Encoding.ASCII.GetBytes(after);
        return [.. head.Slice(0, header.ValueStart), .. digits, .. head.Slice(header.ValueEnd)];
    }

    private void CheckHeaders(FindingList findings, ReadOnlySpan<byte> body)
    {
        if (_contentType is HttpHeader type && type.Value.IndexOf("json", StringComparison.OrdinalIgnoreCase) < 0)
        {
            findings.Warning(InvalidValue, type.Start, RequestPath.Root, $"Content-Type is {VisibleText.Line(type.Value, 60)}; a chat is asked in application/json.");
        }
        if (_contentLength is HttpHeader length && length.Value != Digits(body.Length) && length.Value != Digits(Trimmed(body).Length))
        {
            findings.Warning(InvalidValue, length.Start, RequestPath.Root, $"Content-Length is {VisibleText.Line(length.Value, 40)}; the body is {Digits(body.Length)} bytes.");
        }
    }

    private void ReadHeaders(ReadOnlySpan<byte> text)
    {
        int start = NextLine(text, JsonScan.EndOfLine(text, 0));
        while (start < text.Length)
        {
            int end = JsonScan.EndOfLine(text, start);
            Lines++;
            if (end == start)
            {
                BodyStart = NextLine(text, end);
                return;
            }
            ReadHeader(text, start, end);
            start = NextLine(text, end);
        }
        BodyStart = text.Length;
    }

    private void ReadHeader(ReadOnlySpan<byte> text, int start, int end)
    {
        int colon = text.Slice(start, end - start).IndexOf((byte)':');
        // Only short ones are asked for.
        if (colon is < 0 or > 32 || end - start > 1024)
        {
            return;
        }
        int value = JsonScan.SkipBlanks(text, start + colon + 1);
        value = Math.Min(value, end);
        int valueEnd = end;
        while (valueEnd > value && text[valueEnd - 1] is (byte)' ' or (byte)'\t')
        {
            valueEnd--;
        }
        HttpHeader header = new(Utf8Text.Read(text.Slice(start, colon)).Trim(), Utf8Text.Read(text.Slice(value, valueEnd - value)), start, value, valueEnd);
        switch (header.Name.ToUpperInvariant())
        {
            case "CONTENT-LENGTH":
                _contentLength = header;
                break;
            case "CONTENT-TYPE":
                _contentType = header;
                break;
            case "TRANSFER-ENCODING" or "CONTENT-ENCODING" when !header.Value.Equals("identity", StringComparison.OrdinalIgnoreCase):
                _encoding = header;
                break;
            default:
                break;
        }
    }

    private static int NextLine(ReadOnlySpan<byte> text, int end) =>
        JsonScan.At(text, end) == '\r' && JsonScan.At(text, end + 1) == '\n' ? end + 2 : Math.Min(end + 1, text.Length);

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> body)
    {
        int end = body.Length;
        while (end > 0 && body[end - 1] is (byte)'\n' or (byte)'\r')
        {
            end--;
        }
        return body.Slice(0, end);
    }

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
