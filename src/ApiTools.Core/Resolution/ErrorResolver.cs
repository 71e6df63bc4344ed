using System.Net;
using ApiTools.Errors;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Resolution;

/// <summary>Turns any failure, wherever it comes from, into the catalogue's answer to it.</summary>
internal static class ErrorResolver
{
    /// <summary>The answer to what was seen; null where it says nothing of a failure.</summary>
    /// <param name="seen">A status, headers, a body; or what happened below HTTP.</param>
    /// <param name="time">The clock against which dates in headers are read.</param>
    public static ResolvedApiError? Resolve(Sighting seen, TimeProvider time)
    {
        if (seen.Fault is NetworkFault fault)
        {
            ApiException broken = NetworkFaults.Create(fault, seen.Host ?? "the service", fault is NetworkFault.Broken or NetworkFault.Interrupted or NetworkFault.NotJson ? seen.Message : null);
            return Answer(broken, ErrorBasis.Exception, seen, null);
        }
        AnswerHeaders headers = new(seen.Headers);
        if (seen.Body.Length == 0 && seen.Code is string code)
        {
            return Named(seen, code);
        }
        if (seen.Status is null && seen.Body.Length == 0)
        {
            return null;
        }
        byte[] body = seen.Body.Length > 0 || seen.Message is null ? seen.Body : System.Text.Encoding.UTF8.GetBytes(seen.Message);
        // Without a status the body alone speaks: as under 200, where it names its own.
        ErrorReading reading = ApiErrorReader.Examine(seen.Status ?? 200, body, headers["content-type"], headers, time, null);
        if (reading.Failure.Status is < 300)
        {
            reading = Statusless(reading);
        }
        else if (seen.Body.Length == 0 && seen.Message is string spoken)
        {
            reading = Spoken(reading, spoken);
        }
        ApiFailure failure = reading.Failure with
        {
            RequestId = reading.Failure.RequestId ?? seen.RequestId,
            RetryAfter = reading.Failure.RetryAfter ?? seen.RetryAfter,
        };
        string? dialect = ErrorDialects.Find(reading.Facts.Root, headers, failure.Message);
        return Answer(ApiExceptionFactory.Create(failure), reading.Basis, seen, dialect);
    }

    /// <summary>The answer to an exception of ApiTools, of .NET, or of a tool whose message tells of a failure; null where it tells of none.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="source">What it was found in, in words.</param>
    /// <param name="address">The address that was asked; null where nobody knows.</param>
    /// <param name="time">The clock.</param>
    public static ResolvedApiError? Resolve(Exception exception, string source, string? address, TimeProvider time)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            if (at is ApiException own)
            {
                return Own(own, source);
            }
        }
        (NetworkFault fault, string? detail) = TransportErrors.Classify(exception);
        if (fault is not NetworkFault.Broken and not NetworkFault.Ended)
        {
            Sighting seen = new() { Source = source, Fault = fault, Address = address ?? HostIn(exception) };
            ApiException failure = NetworkFaults.Create(fault, seen.Host ?? "the service", detail, exception);
            return Answer(failure, ErrorBasis.Exception, seen, null);
        }
        if (StatusOf(exception) is int status)
        {
            return Resolve(new Sighting { Source = source, Status = status, Message = exception.Message, Address = address }, time);
        }
        if (FailureText.Read(exception.Message) is Sighting text)
        {
            return Resolve(text with { Source = source, Address = text.Address ?? address }, time);
        }
        if (exception is OperationCanceledException)
        {
            return Answer(ApiExceptionFactory.Create(new ApiFailure { Code = "cancelled", Message = exception.Message }, exception), ErrorBasis.Exception, new Sighting { Source = source }, null);
        }
        bool network = exception is HttpRequestException or WebException or IOException;
        return network ? Answer(NetworkFaults.Create(NetworkFault.Broken, address ?? "the service", detail, exception), ErrorBasis.Exception, new Sighting { Source = source, Address = address }, null) : null;
    }

    /// <summary>The answer to text: saved HTTP, a body, a line of a log, a traceback; null where it tells of no failure.</summary>
    public static ResolvedApiError? Resolve(string text, TimeProvider time) => FailureText.Read(text) is Sighting seen ? Resolve(seen, time) : null;

    private static ResolvedApiError Own(ApiException own, string source)
    {
        ErrorBasis basis = own.Status is null ? ErrorBasis.Exception
            : own.ServiceCode is not null && !MereTypes.IsNoCode(own.ServiceCode) ? ErrorBasis.Code
            : own.Code == ApiErrorCatalog.CodeForStatus(own.Status.Value) ? ErrorBasis.Status : ErrorBasis.Words;
        return new ResolvedApiError(own, basis, source, "ApiTools", own.NextCommand);
    }

    // A log or a class names the code, and there is no body.
    private static ResolvedApiError Named(Sighting seen, string code)
    {
        string known = ApiErrorCatalog.Find(code)?.Code ?? ServiceCodes.Documented(code, seen.Status ?? 0)
            ?? (MereTypes.IsNoCode(code) || ServiceCodes.Reduce(code) is not string own ? ApiErrorCatalog.CodeForStatus(seen.Status ?? MereTypes.StatusOf(code) ?? 0) : own);
        string message = Redactor.Redact(seen.Message ?? ApiErrorCatalog.Classify(known, seen.Status).Description);
        ApiFailure failure = new()
        {
            Code = known,
            Status = seen.Status,
            Message = BoundedText.Cut(message, 8192),
            ServiceCode = BoundedText.Cut(Redactor.Redact(code), 512),
            RequestId = seen.RequestId,
            RetryAfter = seen.RetryAfter ?? RetryHint.FromMessage(message),
            Limit = LimitSentences.Read(message),
            Context = known == "context_length_exceeded" ? ContextSentences.Read(message) : null,
        };
        return Answer(ApiExceptionFactory.Create(failure), ErrorBasis.Code, seen, null);
    }

    // A documented code has a status of its own; else nothing says more than that something failed.
    private static ErrorReading Statusless(ErrorReading reading)
    {
        ErrorCodeInfo? info = ApiErrorCatalog.Find(reading.Failure.Code);
        if (info is not null)
        {
            return reading with { Failure = reading.Failure with { Status = info.Status } };
        }
        foreach (int status in new[] { 400, 404, 403, 429, 500 })
        {
            if (ServiceSentences.Find(reading.Failure.Message, status, reading.Facts.Forms) is { Documented: string code } sentence)
            {
                return reading with { Failure = reading.Failure with { Code = code, Status = status, Context = ContextSentences.Read(reading.Failure.Message) }, Basis = ErrorBasis.Words, Sentence = sentence };
            }
        }
        // A code of the service's own stands without a status: 200 was none.
        bool nothing = reading.Failure.Code.StartsWith("http_", StringComparison.Ordinal);
        return nothing
            ? reading with { Failure = reading.Failure with { Code = "invalid_response", Status = null }, Basis = ErrorBasis.Words }
            : reading with { Failure = reading.Failure with { Status = null } };
    }

    // Of a body the message alone was kept: a client has printed it behind the status. Whose form the body had nobody knows any more, so the confidence is low.
    private static ErrorReading Spoken(ErrorReading reading, string text)
    {
        if (SpokenError.Find(text, reading.Failure.Status!.Value) is not (string message, ServiceSentence { Documented: string code } sentence))
        {
            return reading;
        }
        ApiLimitDetail? limit = code == "rate_limit_exceeded" ? LimitSentences.Read(message) : null;
        return reading with
        {
            Failure = reading.Failure with
            {
                Code = code,
                Limit = limit,
                WaitIsOfNoUse = sentence.WaitIsOfNoUse || limit is { IsLargerThanLimit: true },
                Context = code == "context_length_exceeded" ? ContextSentences.Read(message) : null,
            },
            Basis = ErrorBasis.Words,
            Sentence = sentence,
        };
    }

    private static string? HostIn(Exception exception)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            if (FailureText.AddressIn(at.Message) is string address)
            {
                return address;
            }
        }
        return null;
    }

    private static ResolvedApiError Answer(ApiException exception, ErrorBasis basis, Sighting seen, string? dialect) =>
        new(exception, basis, seen.Source, dialect, NextCommands.For(exception, seen)) { Host = seen.Host, Model = seen.Model };

    private static int? StatusOf(Exception exception)
    {
#if NET8_0_OR_GREATER
        if (exception is HttpRequestException { StatusCode: HttpStatusCode status })
        {
            return (int)status;
        }
#endif
        return exception is WebException { Response: HttpWebResponse response } ? (int)response.StatusCode : null;
    }
}
