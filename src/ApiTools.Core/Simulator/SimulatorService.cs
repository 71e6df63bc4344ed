using System.Globalization;
using System.Text;
using ApiTools.Errors;
using ApiTools.Text;
using ApiTools.Tokens;
using ApiTools.Validation;

namespace ApiTools.Simulator;

/// <summary>Answers requests as the documented API does, and keeps a record of them. Knows nothing of sockets; safe from any thread.</summary>
internal sealed class SimulatorService(SimulatorOptions options, RequestLog log)
{
    public const string ChatPath = "/v1/chat/completions";
    private const string ModelsPath = "/v1/models";

    // 2024-05-13, when gpt-4o came out: any fixed date does, so that answers do not change.
    private const long ModelsCreated = 1715558400;

    private const int MaximumRecordedText = 32_768;

    // A little more is redacted than is kept, so that a key which stands across the cut is seen whole.
    private const int RedactedText = MaximumRecordedText + 4096;

    private readonly FaultPlan _plan = new(options.Faults);

    private readonly RequestCheckOptions _checks = new() { Models = options.Models, ContextWindow = WindowOf, EstimateIsExact = true };

    /// <summary>The answer to a request.</summary>
    public Exchange Answer(WireRequest request)
    {
        int number = log.NextNumber();
        bool isChat = request.Path == ChatPath && request.Method == "POST";
        ChatQuestion? question = isChat ? ChatQuestion.Read(request.Body) : null;
        SimulatorFault? fault = _plan.Take(request.Path, question);
        WireAnswer answer;
        try
        {
            answer = fault?.Code is string code && fault.Kind != SimulatorFaultKind.StreamError
                ? Fail(fault, ApiErrorCatalog.Find(code)!)
                : Route(request, question, fault, number);
        }
        catch (Exception exception)
        {
            // A fault of the simulator itself: whoever meets it sees what it is, and the connection lives on.
            answer = Error(500, "internal_error", $"The simulator itself failed: {exception.GetType().Name}: {exception.Message}", null);
        }
        if (fault is not null)
        {
            answer = Misbehaviour.Apply(fault, answer);
        }
        Exchange exchange = new(WithServiceHeaders(answer, number, fault), fault);
        Record(number, request, question, exchange);
        return exchange;
    }

    /// <summary>The answer to what could not be read as a request.</summary>
    public Exchange Answer(MalformedRequestException malformed)
    {
        int number = log.NextNumber();
        WireAnswer answer = Error(malformed.Status, ApiErrorCatalog.CodeForStatus(malformed.Status), malformed.Message, null);
        log.Add(new SimulatorRequest
        {
            Number = number,
            Time = options.Time.GetUtcNow(),
            Status = answer.Status,
            Code = answer.Code,
            RequestId = RequestId(number),
        });
        return new(WithServiceHeaders(answer, number, null), null);
    }

    /// <summary>The message of an error that a rule asked for.</summary>
    public static string FaultMessage(SimulatorFault fault, ErrorCodeInfo info)
    {
        string wait = fault.RetryAfter is int seconds ? FormattableString.Invariant($" Please try again in {seconds}s.") : string.Empty;
        return fault.Message ?? $"{info.Description}, as the simulator was asked to answer.{wait}";
    }

    private WireAnswer Route(WireRequest request, ChatQuestion? question, SimulatorFault? fault, int number)
    {
        string path = request.Path.Length > 1 ? request.Path.TrimEnd('/') : request.Path;
        bool isModel = path.StartsWith(ModelsPath + "/", StringComparison.Ordinal);
        if (path != ChatPath && path != ModelsPath && !isModel)
        {
            return UnknownUrl(request, path);
        }
        string method = path == ChatPath ? "POST" : "GET";
        if (request.Method != method)
        {
            WireAnswer refused = Error(405, "method_not_allowed", $"{path} answers to {method}, not to {request.Method}.", null);
            return refused with { Headers = [new("Allow", method)] };
        }
        if (RefuseKey(SimulatorKeys.Read(request)) is WireAnswer unauthorized)
        {
            return unauthorized;
        }
        return path == ModelsPath ? new WireAnswer { Body = ModelList() }
            : isModel ? Model(Uri.UnescapeDataString(path.Substring(ModelsPath.Length + 1)))
            : Chat(request, question ?? ChatQuestion.Read(request.Body), fault, number);
    }

    private static WireAnswer UnknownUrl(WireRequest request, string path)
    {
        bool lacksVersion = Array.IndexOf(["/chat/completions", "/models"], path) >= 0 || path.StartsWith("/models/", StringComparison.Ordinal);
        string hint = lacksVersion
            ? $"The base address lacks /v1: the path is /v1{path}."
            : $"The simulator answers POST {ChatPath}, GET {ModelsPath} and GET {ModelsPath}/(id).";
        return Error(404, "unknown_url", $"Unknown request URL: {request.Method} {request.Path}. {hint}", null);
    }

    private static WireAnswer? RefuseKey(string? key) => SimulatorKeys.Describe(key) switch
    {
        "valid" => null,
        "expired" => Error(401, "expired_api_key", "The API key has expired.", null),
        "revoked" => Error(401, "revoked_api_key", "The API key has been revoked.", null),
        "none" => Error(401, "invalid_api_key", "There is no API key. Send it as a header: Authorization: Bearer (key).", null),
        _ => Error(401, "invalid_api_key", "The API key is not one of this service.", null),
    };

    private WireAnswer Chat(WireRequest request, ChatQuestion question, SimulatorFault? fault, int number)
    {
        RequestReport report = RequestValidator.Validate(request.Body.AsMemory(), _checks);
        if (report.Findings.FirstOrDefault(item => item.Severity == FindingSeverity.Error) is Finding finding)
        {
            return Error(ApiErrorCatalog.Find(finding.Code)?.Status ?? 400, finding.Code, finding.Message, finding.Param);
        }
        string model = question.Model ?? options.Models[0];
        long promptTokens = report.Tokens ?? 0;
        IReadOnlyList<ChatChoice> choices = Composer.Compose(question, WindowOf(model) - promptTokens);
        ChatUsage usage = new(promptTokens, choices.Sum(choice => TokenEstimator.Estimate(choice.Text.AsSpan())));
        ChatBody body = new(FormattableString.Invariant($"chatcmpl-sim-{number:d6}"), options.Time.GetUtcNow().ToUnixTimeSeconds(), model);
        WireAnswer answer = question.Stream
            ? new() { ContentType = WireAnswer.EventStream, Events = body.Events(choices, usage, question.IncludeUsage), Pause = options.TokenDelay }
            : new() { Body = body.Completion(choices, usage) };
        return fault?.Kind == SimulatorFaultKind.Huge
            ? answer with { Parts = body.Huge(fault.AtByte ?? HttpRequestReader.MaximumBody, question.Stream), Pause = TimeSpan.Zero }
            : answer;
    }

    private WireAnswer Model(string id) =>
        options.Models.Contains(id, StringComparer.Ordinal)
            ? new WireAnswer { Body = JsonBody.ToBytes(writer => WriteModel(writer, id)) }
            : Error(404, "model_not_found", $"The model '{id}' does not exist. The simulator has {string.Join(", ", options.Models)}.", "model");

    private byte[] ModelList() => JsonBody.ToBytes(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        foreach (string id in options.Models)
        {
            WriteModel(writer, id);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void WriteModel(System.Text.Json.Utf8JsonWriter writer, string id)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("object", "model");
        writer.WriteNumber("created", ModelsCreated);
        writer.WriteString("owned_by", "simulator");
        if (WindowOf(id) is int window)
        {
            // As Groq names it.
            writer.WriteNumber("context_window", window);
        }
        writer.WriteEndObject();
    }

    private static int? WindowOf(string model) =>
        model == SimulatorOptions.SmallModel ? SimulatorOptions.SmallWindow : ModelCatalog.Find(model)?.ContextWindow;

    private static WireAnswer Fail(SimulatorFault fault, ErrorCodeInfo info) =>
        Error(info.Status!.Value, info.Code, FaultMessage(fault, info), null);

    private static WireAnswer Error(int status, string code, string message, string? param) => new()
    {
        Status = status,
        Code = code,
        Body = ErrorBody.ToBytes(message, ErrorBody.TypeOf(code, status), code, param),
    };

    private WireAnswer WithServiceHeaders(WireAnswer answer, int number, SimulatorFault? fault)
    {
        bool limited = answer.Code == "rate_limit_exceeded";
        List<KeyValuePair<string, string>> headers =
        [
            new("Date", options.Time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture)),
            new("Server", "ApiTools-Simulator"),
            new("x-request-id", RequestId(number)),
            new("x-ratelimit-limit-requests", "10000"),
            new("x-ratelimit-remaining-requests", limited ? "0" : "9999"),
            new("x-ratelimit-reset-requests", limited ? FormattableString.Invariant($"{fault?.RetryAfter ?? 1}s") : "6ms"),
            .. answer.Headers,
        ];
        if (fault?.RetryAfter is int seconds)
        {
            headers.Add(new("Retry-After", seconds.ToString(CultureInfo.InvariantCulture)));
        }
        if (fault?.RetryAfterMs is int milliseconds)
        {
            headers.Add(new("retry-after-ms", milliseconds.ToString(CultureInfo.InvariantCulture)));
        }
        if (answer.Events is not null)
        {
            headers.Add(new("Cache-Control", "no-cache"));
        }
        return answer with { Headers = headers };
    }

    private static string RequestId(int number) => FormattableString.Invariant($"req_sim_{number:d6}");

    private void Record(int number, WireRequest request, ChatQuestion? question, Exchange exchange)
    {
        string? key = SimulatorKeys.Read(request);
        log.Add(new SimulatorRequest
        {
            Number = number,
            Time = options.Time.GetUtcNow(),
            Method = request.Method,
            Path = request.Path,
            Model = question?.Model is string model ? BoundedText.Cut(model, 200) : null,
            Prompt = question?.Prompt is string prompt ? Recorded(prompt, key) : null,
            Stream = question is { Stream: true },
            Status = exchange.Answer.Status,
            Code = exchange.Answer.Code,
            Fault = exchange.Fault?.ToString(),
            Key = SimulatorKeys.Describe(key),
            RequestId = RequestId(number),
            Headers = RecordedHeaders(request, key),
            Body = Recorded(Encoding.UTF8.GetString(request.Body.Array!, request.Body.Offset, Math.Min(request.Body.Count, RedactedText * 3)), key),
        });
    }

    private static string Recorded(string text, string? key) =>
        BoundedText.Cut(Redactor.Redact(BoundedText.Cut(text, RedactedText), key), MaximumRecordedText);

    private static Dictionary<string, string> RecordedHeaders(WireRequest request, string? key)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in request.Headers.Select(header => header.Key).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            bool secret = name.ToUpperInvariant() is "AUTHORIZATION" or "PROXY-AUTHORIZATION" or "API-KEY" or "X-API-KEY" or "COOKIE";
            headers[name] = secret ? Redactor.Mask : Redactor.Redact(request.Header(name)!, key);
        }
        return headers;
    }
}
