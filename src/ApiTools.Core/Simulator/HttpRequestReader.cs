using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ApiTools.Simulator;

/// <summary>
/// Reads HTTP/1.1 requests (RFC 9112) from a connection, one after the other; what a client sends ahead stays in the buffer.
/// Lenient where the RFC says that a server may be (a lone line feed, empty lines before a request), strict where leniency is a hole.
/// </summary>
internal sealed class HttpRequestReader(Socket socket)
{
    /// <summary>The most bytes of a request line with its headers.</summary>
    public const int MaximumHead = 64 * 1024;

    /// <summary>The most bytes of a body.</summary>
    public const int MaximumBody = 100 * 1024 * 1024;

    private const int BlockSize = 16 * 1024;

    private static readonly char[] NeverInLine = ['\0', '\r'];

    private static readonly Encoding Latin1 = Encoding.GetEncoding("iso-8859-1");

    private byte[] _buffer = new byte[BlockSize];
    private int _start;
    private int _end;

    // How many bytes the lines that are being read may still have.
    private int _budget;

    /// <summary>The next request; null where the client closed the connection between two.</summary>
    /// <param name="sendContinue">Tells a client that waits for it to send its body (RFC 9110 10.1.1).</param>
    /// <exception cref="MalformedRequestException">What came cannot be read.</exception>
    public async Task<WireRequest?> ReadAsync(Func<Task> sendContinue)
    {
        _budget = MaximumHead;
        string? line;
        do
        {
            if (!await StartsLikeHttpAsync().ConfigureAwait(false))
            {
                return null;
            }
            line = await ReadLineAsync().ConfigureAwait(false);
        }
        while (line.Length == 0);

        (string method, string target, bool isHttp11) = ParseRequestLine(line);
        List<KeyValuePair<string, string>> headers = await ReadHeadersAsync().ConfigureAwait(false);
        WireRequest head = new() { Method = method, Path = PathOf(target), IsHttp11 = isHttp11, Headers = headers };
        if (isHttp11 && head.Header("Host") is null)
        {
            throw new MalformedRequestException(400, "An HTTP/1.1 request needs a Host header.");
        }
        ArraySegment<byte> body = await ReadBodyAsync(head, sendContinue).ConfigureAwait(false);
        return new WireRequest { Method = method, Path = head.Path, IsHttp11 = isHttp11, Headers = headers, Body = body };
    }

    // Seen at once, because whoever begins with TLS waits for an answer before it sends a line feed.
    private async Task<bool> StartsLikeHttpAsync()
    {
        if (_start == _end && !await FillAsync().ConfigureAwait(false))
        {
            return false;
        }
        byte first = _buffer[_start];
        if (first == 0x16)
        {
            throw new MalformedRequestException(400, "This is the beginning of TLS. The simulator speaks plain http: its address begins with http://.");
        }
        if (first is not ((byte)'\r' or (byte)'\n') && !IsTokenCharacter((char)first))
        {
            throw new MalformedRequestException(400, "This is no HTTP request.");
        }
        return true;
    }

    private static (string Method, string Target, bool IsHttp11) ParseRequestLine(string line)
    {
        string[] parts = line.Split(' ');
        if (parts.Length != 3 || parts[0].Length == 0 || !IsToken(parts[0], parts[0].Length))
        {
            throw new MalformedRequestException(400, "The first line of a request is a method, a target and HTTP/1.1, with one space between.");
        }
        if (!parts[2].StartsWith("HTTP/", StringComparison.Ordinal))
        {
            throw new MalformedRequestException(400, "The first line of a request ends in HTTP/1.1.");
        }
        if (parts[2] is not ("HTTP/1.1" or "HTTP/1.0"))
        {
            throw new MalformedRequestException(505, "The simulator speaks HTTP/1.1.");
        }
        return (parts[0], parts[1], parts[2] == "HTTP/1.1");
    }

    // RFC 9112 3.2: a path, a whole address (as sent to a proxy), or an asterisk.
    private static string PathOf(string target)
    {
        if (target.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(target, UriKind.Absolute, out Uri? uri))
        {
            return uri.AbsolutePath;
        }
        if (target == "*")
        {
            return target;
        }
        if (!target.StartsWith("/", StringComparison.Ordinal))
        {
            throw new MalformedRequestException(400, "The target of a request begins with a slash.");
        }
        int query = target.IndexOf('?');
        return query < 0 ? target : target.Substring(0, query);
    }

    private async Task<List<KeyValuePair<string, string>>> ReadHeadersAsync()
    {
        List<KeyValuePair<string, string>> headers = [];
        while (true)
        {
            string line = await ReadLineAsync().ConfigureAwait(false);
            if (line.Length == 0)
            {
                return headers;
            }
            // A blank before the colon, and a header that goes on in the next line, are refused (RFC 9112 5.1, 5.2).
            int colon = line.IndexOf(':');
            if (colon <= 0 || !IsToken(line, colon) || line.IndexOfAny(NeverInLine) >= 0)
            {
                throw new MalformedRequestException(400, "A header line is a name, a colon and a value.");
            }
            headers.Add(new(line.Substring(0, colon), line.Substring(colon + 1).Trim(' ', '\t')));
        }
    }

    private async Task<ArraySegment<byte>> ReadBodyAsync(WireRequest head, Func<Task> sendContinue)
    {
        string? encoding = head.Header("Transfer-Encoding");
        string? length = head.Header("Content-Length");
        if (encoding is not null && length is not null)
        {
            // RFC 9112 6.3: two lengths are how requests are smuggled.
            throw new MalformedRequestException(400, "A request has Transfer-Encoding or Content-Length, not both.");
        }
        if (encoding is not null && !string.Equals(encoding, "chunked", StringComparison.OrdinalIgnoreCase))
        {
            throw new MalformedRequestException(501, "The simulator knows no Transfer-Encoding but chunked.");
        }
        int size = length is null ? 0 : ParseLength(length);
        if (encoding is null && size == 0)
        {
            return new([]);
        }
        if (head.Header("Expect") is string expect)
        {
            if (!string.Equals(expect, "100-continue", StringComparison.OrdinalIgnoreCase))
            {
                throw new MalformedRequestException(417, "The simulator meets no expectation but 100-continue.");
            }
            await sendContinue().ConfigureAwait(false);
        }
        // A length is a promise: for a large one the memory grows with what comes.
        using MemoryStream body = new(encoding is null ? Math.Min(size, BlockSize) : 0);
        if (encoding is null)
        {
            await ReadBytesAsync(size, body).ConfigureAwait(false);
        }
        else
        {
            await ReadChunksAsync(body).ConfigureAwait(false);
        }
        return new(body.GetBuffer(), 0, (int)body.Length);
    }

    private static int ParseLength(string text)
    {
        // The same length twice is one (RFC 9110 8.6).
        string[] all = [.. text.Split(',').Select(item => item.Trim()).Distinct(StringComparer.Ordinal)];
        if (all.Length != 1 || !all[0].All(c => c is >= '0' and <= '9') || all[0].Length == 0)
        {
            throw new MalformedRequestException(400, "Content-Length is a number of bytes.");
        }
        return int.TryParse(all[0], NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length <= MaximumBody ? length : throw TooLarge();
    }

    private async Task ReadChunksAsync(MemoryStream body)
    {
        while (true)
        {
            _budget = MaximumHead;
            string line = await ReadLineAsync().ConfigureAwait(false);
            int extension = line.IndexOf(';');
            string digits = (extension < 0 ? line : line.Substring(0, extension)).Trim();
            if (digits.Length == 0 || !digits.All(IsHexDigit))
            {
                throw new MalformedRequestException(400, "A chunk begins with its length in hexadecimal digits.");
            }
            digits = digits.TrimStart('0');
            if (digits.Length == 0)
            {
                await SkipTrailersAsync().ConfigureAwait(false);
                return;
            }
            int size = digits.Length <= 7 ? int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : int.MaxValue;
            if (size > MaximumBody - body.Length)
            {
                throw TooLarge();
            }
            await ReadBytesAsync(size, body).ConfigureAwait(false);
            if ((await ReadLineAsync().ConfigureAwait(false)).Length > 0)
            {
                throw new MalformedRequestException(400, "A chunk is longer than it says.");
            }
        }
    }

    private async Task SkipTrailersAsync()
    {
        while ((await ReadLineAsync().ConfigureAwait(false)).Length > 0)
        {
        }
    }

    private async Task ReadBytesAsync(int count, MemoryStream body)
    {
        while (count > 0)
        {
            if (_start == _end && !await FillAsync().ConfigureAwait(false))
            {
                throw Unfinished();
            }
            int take = Math.Min(count, _end - _start);
            body.Write(_buffer, _start, take);
            _start += take;
            count -= take;
        }
    }

    // A line without its end, in Latin-1 (RFC 9110 5.5).
    private async Task<string> ReadLineAsync()
    {
        int scanned = 0;
        while (true)
        {
            int end = Array.IndexOf(_buffer, (byte)'\n', _start + scanned, _end - _start - scanned);
            int length = (end < 0 ? _end : end + 1) - _start;
            if (length > _budget)
            {
                throw new MalformedRequestException(431, $"The head of a request has at most {MaximumHead} bytes.");
            }
            if (end >= 0)
            {
                int text = length >= 2 && _buffer[end - 1] == '\r' ? length - 2 : length - 1;
                string line = Latin1.GetString(_buffer, _start, text);
                _start += length;
                _budget -= length;
                return line;
            }
            scanned = length;
            if (!await FillAsync().ConfigureAwait(false))
            {
                throw Unfinished();
            }
        }
    }

    // False where the client will send no more.
    private async Task<bool> FillAsync()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        int received = await socket.ReceiveAsync(new ArraySegment<byte>(_buffer, _end, _buffer.Length - _end), SocketFlags.None).ConfigureAwait(false);
        _end += received;
        return received > 0;
    }

    private static MalformedRequestException Unfinished() => new(400, "The request ends in the middle.");

    private static MalformedRequestException TooLarge() => new(413, $"A body has at most {MaximumBody} bytes.");

    private static bool IsToken(string text, int end)
    {
        for (int i = 0; i < end; i++)
        {
            if (!IsTokenCharacter(text[i]))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsHexDigit(char c) => c is >= '0' and <= '9' or >= 'a' and <= 'f' or >= 'A' and <= 'F';

    // RFC 9110 5.6.2.
    private static bool IsTokenCharacter(char c) =>
        c is >= '0' and <= '9' or >= 'a' and <= 'z' or >= 'A' and <= 'Z'
        || c is '!' or '#' or '$' or '%' or '&' or '\'' or '*' or '+' or '-' or '.' or '^' or '_' or '`' or '|' or '~';
}
