using System.Globalization;
using ApiTools.Errors;

namespace ApiTools.Simulator;

/// <summary>Answers requests as the documented API does, and keeps a record of them. Knows nothing of sockets; safe from any thread.</summary>
internal sealed class SimulatorService
{
    public const string ChatPath = "/v1/chat/completions";
    public const string ModelsPath = "/v1/models";
    public const string ModelPath = ModelsPath + "/";
    public const string SummaryPath = "/simulator/summary";

    private readonly SimulatorOptions _options;
    private readonly RequestLog _log;
    private readonly AnswerTally _tally;
    private readonly RulePlan<SimulatorFault> _plan;
    private readonly RateLimiter _limiter;
    private readonly ChatEndpoint _chats;
    private readonly ModelEndpoint _models;

    public SimulatorService(SimulatorOptions options, RequestLog log, AnswerTally tally)
    {
        _options = options;
        _log = log;
        _tally = tally;
        _plan = SimulatorPlans.Of(options.Faults);
        _limiter = new(options);
        _chats = new(options, _limiter);
        _models = new(options.Models);
    }

    /// <summary>The answer to a request.</summary>
    public Exchange Answer(WireRequest request)
    {
        string path = request.Path.Length > 1 ? request.Path.TrimEnd('/') : request.Path;
        if (path == SummaryPath)
        {
            // Of the simulator and not of the API: no key, no fault, no record, so that asking changes nothing.
            return new(SummaryEndpoint.Answer(request, _tally.Summary), null, null);
        }
        int number = _tally.NextNumber();
        DateTimeOffset now = _options.Time.GetUtcNow();
        ChatQuestion? question = path == ChatPath && request.Method == "POST" ? ChatQuestion.Read(request.Body) : null;
        SimulatorFault? fault = _plan.Take(request.Path, question);
        ConcurrencyGate? place = null;
        WireAnswer answer;
        try
        {
            answer = fault is { IsError: true }
                ? new() { Status = FaultError.StatusOf(fault), Code = fault.Code, Body = FaultError.Of(fault).ToBytes() }
                : RequestGuard.Refuse(request, path) ?? (question is null ? Models(path) : Chat(request, question, fault, number, out place));
        }
        catch (Exception exception)
        {
            // A fault of the simulator itself: whoever meets it sees what it is, and the connection lives on.
            answer = WireAnswer.Error(500, "internal_error", $"The simulator itself failed: {exception.GetType().Name}: {exception.Message}", null);
        }
        if (question is not null && answer.Status == 200)
        {
            _tally.AddAnswer(question.Prompt);
        }
        if (fault is not null)
        {
            answer = Misbehaviour.Apply(fault, answer);
        }
        _log.Add(LoggedRequest.Of(number, now, request, question, answer, fault));
        return new(WithServiceHeaders(answer, number, now, fault), fault, place);
    }

    /// <summary>The answer to what could not be read as a request.</summary>
    public Exchange Answer(MalformedRequestException malformed)
    {
        int number = _tally.NextNumber();
        DateTimeOffset now = _options.Time.GetUtcNow();
        WireAnswer answer = WireAnswer.Error(malformed.Status, ApiErrorCatalog.CodeForStatus(malformed.Status), malformed.Message, null);
        _log.Add(new LoggedRequest { Number = number, Time = now, Status = answer.Status, Code = answer.Code });
        return new(WithServiceHeaders(answer, number, now, null), null, null);
    }

    private WireAnswer Models(string path) =>
        path == ModelsPath ? _models.List() : _models.Show(Uri.UnescapeDataString(path.Substring(ModelPath.Length)));

    private WireAnswer Chat(WireRequest request, ChatQuestion question, SimulatorFault? fault, int number, out ConcurrencyGate? place)
    {
        place = _chats.Gate;
        if (place is not null && !place.TryEnter())
        {
            place = null;
            return _chats.Full();
        }
        return _chats.Answer(request.Body, question, fault, number);
    }

    private WireAnswer WithServiceHeaders(WireAnswer answer, int number, DateTimeOffset now, SimulatorFault? fault)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new("Date", now.ToString("r", CultureInfo.InvariantCulture)),
            new("Server", "ApiTools-Simulator"),
            new("x-request-id", LoggedRequest.IdOf(number)),
        ];
        AddLimits(headers, answer, fault);
        headers.AddRange(answer.Headers);
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

    // Without a limit the headers are those of a large one that hardly anything is used of; a rule's rate limit is one that is spent.
    private void AddLimits(List<KeyValuePair<string, string>> headers, WireAnswer answer, SimulatorFault? fault)
    {
        const int Large = 10_000;
        RateState state = _limiter.IsOn ? _limiter.Look() : default;
        if (fault?.Code == "rate_limit_exceeded" && answer.Status == 429)
        {
            long limit = state.RequestLimit ?? Large;
            state = state with { RequestLimit = limit, Requests = limit, Reset = TimeSpan.FromSeconds(fault.RetryAfter ?? 1) };
        }
        else if (state.RequestLimit is null)
        {
            LimitHeaders.Add(headers, "requests", Large, Large - 1, "6ms");
        }
        LimitHeaders.Add(headers, state);
    }
}
