using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Text;
using ApiTools.Resolution;

namespace ApiTools.Cmdlets;

/// <summary>Takes what PowerShell and its own web cmdlets give of a failure apart: error records, their exceptions, answers.</summary>
internal static class ErrorSighting
{
    // Deeper than exceptions come; one that holds itself has no end.
    private const int MaximumDepth = 64;

    /// <summary>The catalogue's answer; null where the object tells of no failure.</summary>
    /// <param name="value">The object, without PowerShell's wrapper.</param>
    /// <param name="input">The object as it came in.</param>
    public static ResolvedApiError? Resolve(object? value, object? input) => value switch
    {
        null => null,
        ResolvedApiError already => already,
        ErrorRecord record => FromRecord(record),
        Exception exception => RecordIn(exception) is ErrorRecord record ? FromRecord(record) : FromException(exception, SourceOf(exception, input), null, null),
        HttpResponseMessage answer => ErrorResolver.Resolve(FromAnswer(answer, null, "answer"), TimeProvider.System),
        ApiLogEntry entry => ErrorResolver.Resolve(FromEntry(entry), TimeProvider.System),
        int status and >= 400 and <= 599 => ErrorResolver.Resolve(new Sighting { Source = "status", Status = status }, TimeProvider.System),
        _ => FromObject(value, input),
    };

    // What came in as an exception's remains is an exception again.
    private static string SourceOf(Exception exception, object? input) => ReferenceEquals(exception, Bare.Of(input)) ? "exception" : DeserializedFailure.Source;

    private static ResolvedApiError? FromObject(object value, object? input)
    {
        if (DeserializedFailure.Look(input) is Sighting saved)
        {
            return ErrorResolver.Resolve(saved, TimeProvider.System);
        }
        if (FromWebResponse(input) is Sighting seen)
        {
            return ErrorResolver.Resolve(seen, TimeProvider.System);
        }
        // What ConvertFrom-Json made of a body, or of a log's line.
        return value is IDictionary or PSCustomObject ? ErrorResolver.Resolve(Encoding.UTF8.GetString(PSObjectJson.ToUtf8(input)), TimeProvider.System) : null;
    }

    private static Sighting FromEntry(ApiLogEntry entry) => new()
    {
        Source = "line of a log",
        Status = entry.StatusCode,
        Code = entry.Code,
        Message = entry.Message,
        RequestId = entry.RequestId,
        Model = entry.Model,
        Address = entry.Server is not null && entry.Port is int port and not (443 or 80) ? $"{entry.Server}:{port}" : entry.Server,
        Body = entry.ResponseBody is string body ? Encoding.UTF8.GetBytes(body) : [],
    };

    /// <summary>The failure of this module that a value is or carries, however deep; null for anything else.</summary>
    public static ApiException? Own(object? value)
    {
        for (Exception? at = value is ErrorRecord record ? Original(record).Exception : Original(value as Exception); at is not null; at = at.InnerException)
        {
            if (at is ApiException own)
            {
                return own;
            }
        }
        return null;
    }

    /// <summary>Headers, from a dictionary whose values are text or lists of it.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers(IDictionary? headers)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach (DictionaryEntry header in headers ?? new Hashtable())
        {
            object? value = Bare.Of(header.Value);
            string text = value is IEnumerable list and not string ? string.Join(",", list.Cast<object?>()) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
            pairs.Add(new(Convert.ToString(header.Key, CultureInfo.InvariantCulture) ?? string.Empty, text));
        }
        return pairs;
    }

    // What -ErrorAction Stop ends within a call of .NET (a script block's Invoke) comes in an exception of PowerShell's own, which says so in its words and
    // keeps the error in a record.
    private static ErrorRecord Original(ErrorRecord record) => RecordIn(record.Exception) ?? record;

    private static Exception? Original(Exception? exception) => RecordIn(exception)?.Exception ?? exception;

    private static ErrorRecord? RecordIn(Exception? exception)
    {
        ErrorRecord? found = null;
        for (int depth = 0; exception is not null && depth < MaximumDepth; depth++)
        {
            // An exception that has no record of its own makes one of itself.
            ErrorRecord? record = exception is IContainsErrorRecord { ErrorRecord: { Exception: not ParentContainsErrorRecordException } kept } ? kept : null;
            found = record ?? found;
            exception = record is null || record.Exception == exception ? exception.InnerException : record.Exception;
        }
        return found;
    }

    private static ResolvedApiError? FromRecord(ErrorRecord given)
    {
        ErrorRecord record = Original(given);
        // The web cmdlets keep the body in the record's details.
        string? body = record.ErrorDetails?.Message;
        if (DeserializedFailure.Look(record) is Sighting saved)
        {
            return ErrorResolver.Resolve(saved, TimeProvider.System);
        }
        ResolvedApiError? resolved = FromException(record.Exception, "error record", body, (record.TargetObject as HttpRequestMessage)?.RequestUri?.AbsoluteUri);
        // A native command's words, or a script's.
        return resolved ?? (body is null ? null : ErrorResolver.Resolve(body, TimeProvider.System));
    }

    private static ResolvedApiError? FromException(Exception exception, string source, string? body, string? address)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            if (at is ApiException)
            {
                break;
            }
            if (AnswerOf(at, body, source) is Sighting answer)
            {
                return ErrorResolver.Resolve(answer, TimeProvider.System);
            }
        }
        return ErrorResolver.Resolve(exception, source, address, TimeProvider.System);
    }

    // HttpResponseException (PowerShell 7) and WebException (Windows PowerShell) have the answer. The first is not in PowerShell Standard.
    private static Sighting? AnswerOf(Exception exception, string? body, string source) => exception switch
    {
        WebException { Response: HttpWebResponse response } => new Sighting
        {
            Source = source,
            Status = (int)response.StatusCode,
            Headers = [.. response.Headers.AllKeys.Select(name => new KeyValuePair<string, string>(name!, response.Headers[name]!))],
            Body = Encoding.UTF8.GetBytes(body ?? BodyOf(response)),
            Address = response.ResponseUri?.AbsoluteUri,
        },
        _ when exception.GetType().GetProperty("Response")?.GetValue(exception) is HttpResponseMessage answer => FromAnswer(answer, body, source),
        _ => null,
    };

    private static Sighting FromAnswer(HttpResponseMessage answer, string? body, string source)
    {
        List<KeyValuePair<string, string>> headers = [.. answer.Headers.Concat(answer.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()).Select(header => new KeyValuePair<string, string>(header.Key, string.Join(",", header.Value)))];
        return new Sighting
        {
            Source = source,
            Status = (int)answer.StatusCode,
            Headers = headers,
            Body = Encoding.UTF8.GetBytes(body ?? string.Empty),
            Address = answer.RequestMessage?.RequestUri?.AbsoluteUri,
        };
    }

    // Windows PowerShell has read the stream; where it can be read again, it is.
    private static string BodyOf(HttpWebResponse response)
    {
        try
        {
            Stream stream = response.GetResponseStream();
            if (!stream.CanSeek)
            {
                return string.Empty;
            }
            stream.Position = 0;
            using StreamReader reader = new(stream, Encoding.UTF8, true, 4096, leaveOpen: true);
            char[] text = new char[1 << 20];
            return new string(text, 0, reader.ReadBlock(text, 0, text.Length));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or ProtocolViolationException)
        {
            return string.Empty;
        }
    }

    // What Invoke-WebRequest -SkipHttpErrorCheck gives, or an object like it.
    private static Sighting? FromWebResponse(object? input)
    {
        PSObject answer = PSObject.AsPSObject(input);
        object? status = Value(answer, "StatusCode") ?? Value(answer, "Status");
        if (status is null || !int.TryParse(Convert.ToString(status is HttpStatusCode code ? (int)code : status, CultureInfo.InvariantCulture), out int number))
        {
            return null;
        }
        return (Value(answer, "Content") ?? Value(answer, "Body")) switch
        {
            byte[] bytes => Make(bytes),
            object text => Make(Encoding.UTF8.GetBytes(Convert.ToString(text, CultureInfo.InvariantCulture)!)),
            _ => Make([]),
        };

        Sighting Make(byte[] body) => new() { Source = "answer", Status = number, Body = body, Headers = Headers(Value(answer, "Headers") as IDictionary) };
    }

    private static object? Value(PSObject answer, string name) => Bare.Of(answer.Properties[name]?.Value);
}
