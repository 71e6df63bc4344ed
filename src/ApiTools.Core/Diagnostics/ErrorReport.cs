using System.Globalization;
using System.Text;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Diagnostics;

/// <summary>
/// What a support ticket about a failure needs, in an order that a reader wants, with nothing in it that the public should not see. "Get Help" of the page:
/// the message field first, then where the console shows the usage, then whom to write to.
/// </summary>
internal sealed class ErrorReport
{
    private const int MaximumText = 16_384;

    private readonly ErrorReportOptions _options;
    private readonly FailureContext? _context;

    public ErrorReport(ApiException error, ErrorReportOptions options)
    {
        _options = options;
        _context = FailureContext.Of(error) ?? (error.FirstError is null ? null : FailureContext.Of(error.FirstError));
        Service = _context is not null ? ServiceDirectory.Find(_context.Connection.BaseUri) : options.Host is null ? null : ServiceDirectory.Find(options.Host);
        Message = Clean(error.Message);
        Facts = [.. FactsOf(error).Where(fact => fact.Value is { Length: > 0 }).Select(fact => new KeyValuePair<string, string>(fact.Name, VisibleText.Line(Clean(fact.Value!))))];
        Attempts = error.AttemptHistory;
        Headers = [.. (_context?.Headers ?? []).Select(header => new KeyValuePair<string, string>(header.Key, Clean(header.Value)))];
        Request = error.RequestBody is byte[] body ? RequestText(body) : null;
        Response = error.RawBody is null ? null : Clean(error.RawBody);
    }

    /// <summary>The message, as the service wrote it.</summary>
    public string Message { get; }

    /// <summary>What is known, each with its name: code, ids, time, place.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Facts { get; }

    /// <summary>Each try.</summary>
    public IReadOnlyList<ApiAttempt> Attempts { get; }

    /// <summary>The answer's headers that are worth showing.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The request; null where there was none.</summary>
    public string? Request { get; }

    /// <summary>The body of the answer; null where there was none.</summary>
    public string? Response { get; }

    /// <summary>The versions of what took part.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Versions => _options.Versions;

    /// <summary>Where to turn; null where the service is not known.</summary>
    public ServiceInfo? Service { get; }

    private IEnumerable<(string Name, string? Value)> FactsOf(ApiException error) =>
    [
        ("Code", error.Code),
        ("Status", error.Status?.ToString(CultureInfo.InvariantCulture)),
        ("Service's code", error.ServiceCode == error.Code ? null : error.ServiceCode),
        ("Type", error.Type),
        ("Param", error.Param),
        ("Request id", error.RequestId),
        ("CF-RAY", error.RayId),
        ("Time", _context is null ? null : Time(_context.Time)),
        ("Service", _context?.Connection.BaseUri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) ?? _options.Host),
        ("Service's name", Service?.Name),
        ("Api version", _context?.Connection.ApiVersion),
        ("Model", error.AttemptHistory.Count > 0 ? error.AttemptHistory[error.AttemptHistory.Count - 1].Model : _options.Model),
        ("Read from", _options.Source),
        ("Attempts", _options.Source is null ? error.Attempts.ToString(CultureInfo.InvariantCulture) : null),
        ("Come back", error.RetryAt is DateTimeOffset until ? Time(until) : null),
        ("First failure", error.FirstError is ApiException first ? $"{first.Code}: {first.Message}" : null),
        ("Description", error.Description),
        ("Solution", error.Solution),
    ];

    /// <summary>A time as support can find it: local, with its zone, and in UTC.</summary>
    private static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss.fff zzz", CultureInfo.InvariantCulture) + " (" + time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) + "Z)";

    private string RequestText(byte[] body) =>
        _options.IncludeContent ? Clean(Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, MaximumText * 4))) : Clean(RequestOutline.Of(body, _context?.Connection.KeyText));

    private string Clean(string text) => VisibleText.Block(CleanText.Of(text, MaximumText, _options.Keys.Prepend(_context?.Connection.KeyText)));
}
