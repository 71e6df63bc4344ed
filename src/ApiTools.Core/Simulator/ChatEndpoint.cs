using ApiTools.Errors;
using ApiTools.Validation;

namespace ApiTools.Simulator;

/// <summary>Answers POST /v1/chat/completions. Safe from any thread.</summary>
internal sealed class ChatEndpoint(SimulatorOptions options, RateLimiter limiter)
{
    // What OpenAI's guide to images asks for one in low detail, whatever its size. Nothing here looks at its pixels.
    private const int ImageTokens = 85;

    private readonly RulePlan<SimulatorAnswer> _answers = SimulatorPlans.Of(options.Answers);

    private readonly RequestCheckOptions _checks = new() { Models = options.Models, ContextWindow = SimulatorModels.WindowOf, EstimateIsExact = true };

    /// <summary>The most chats at once; null for no limit.</summary>
    public ConcurrencyGate? Gate { get; } = options.ConcurrencyLimit is int limit ? new(limit) : null;

    /// <summary>The answer to a chat that may come in.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="question">What was read of it.</param>
    /// <param name="fault">The fault that fires; null for none.</param>
    /// <param name="number">The request's number.</param>
    public WireAnswer Answer(ArraySegment<byte> body, ChatQuestion question, SimulatorFault? fault, int number)
    {
        RequestReport report = RequestValidator.Validate(body.AsMemory(), _checks);
        if (Refuse(report) is WireAnswer refused)
        {
            return refused;
        }
        string model = question.Model ?? options.Models[0];
        long promptTokens = (report.Tokens ?? 0) + question.Tools.Tokens + ((long)question.Messages.Images * ImageTokens);
        SimulatorAnswer? said = _answers.Take(SimulatorService.ChatPath, question);
        IReadOnlyList<ChatChoice> choices = said is null
            ? Composer.Compose(question, SimulatorModels.WindowOf(model) - promptTokens, fault?.Kind == SimulatorFaultKind.SchemaMismatch)
            : Composer.Compose(question, said);
        ChatUsage usage = new(promptTokens, choices.Sum(choice => choice.Tokens));
        if (limiter.IsOn && limiter.Take(usage.PromptTokens + usage.CompletionTokens, out RateState state) is RateLimitKind met)
        {
            if (said is not null)
            {
                _answers.PutBack(said);
            }
            return Limited(met, state, model, usage.PromptTokens + usage.CompletionTokens);
        }
        ChatBody writer = new(FormattableString.Invariant($"chatcmpl-sim-{number:d6}"), options.Time.GetUtcNow().ToUnixTimeSeconds(), model);
        return Write(writer, question, WithIds(choices, number), usage, fault);
    }

    /// <summary>The answer to a chat that comes while there are as many as may be.</summary>
    public WireAnswer Full() => WireAnswer.Error(
        429, "concurrent_limit_exceeded", $"{Gate!.Limit} requests are under way, which is the limit. Send fewer at once.", null);

    // Of several errors a service tells one; where OpenAI has a finer code than the page, in its words, by which clients know what to send instead.
    private static WireAnswer? Refuse(RequestReport report)
    {
        if (report.Findings.FirstOrDefault(item => item.Severity == FindingSeverity.Error) is not Finding finding)
        {
            return null;
        }
        string message = finding is { ServiceCode: "unsupported_parameter", Param: "max_tokens" }
            ? "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
            : finding.Message;
        return WireAnswer.Error(ApiErrorCatalog.Find(finding.Code)?.Status ?? 400, finding.ServiceCode ?? finding.Code, message, finding.Param);
    }

    // Of its own for each call that has none, over all choices.
    private static IReadOnlyList<ChatChoice> WithIds(IReadOnlyList<ChatChoice> choices, int number)
    {
        int count = 0;
        return choices.All(choice => choice.Calls.Count == 0)
            ? choices
            : [.. choices.Select(choice => choice with
            {
                Calls = [.. choice.Calls.Select(call => new SimulatorToolCall
                {
                    Id = call.Id ?? FormattableString.Invariant($"call_sim_{number:d6}_{++count}"),
                    Name = call.Name,
                    Arguments = call.Arguments,
                })],
            })];
    }

    private WireAnswer Write(ChatBody body, ChatQuestion question, IReadOnlyList<ChatChoice> choices, ChatUsage usage, SimulatorFault? fault)
    {
        if (fault?.Kind == SimulatorFaultKind.Huge)
        {
            return new() { ContentType = question.Stream ? WireAnswer.EventStream : WireAnswer.Json, Parts = body.Huge(fault.AtByte ?? HttpRequestReader.MaximumBody, question.Stream) };
        }
        if (!question.Stream || fault?.Kind == SimulatorFaultKind.NotStreamed)
        {
            return new() { Body = body.Completion(choices, usage) };
        }
        IReadOnlyList<StreamEvent> events = body.Events(choices, usage, question.IncludeUsage);
        if (fault?.Kind == SimulatorFaultKind.FinishError)
        {
            events = body.Broken(events, choices.Count, fault.Code is null ? null : FaultError.Of(fault));
        }
        return new() { ContentType = WireAnswer.EventStream, Events = events, Pause = options.TokenDelay };
    }

    // In OpenAI's words, by which clients tell a request that never fits from one that fits later.
    private WireAnswer Limited(RateLimitKind met, RateState state, string model, long tokens)
    {
        bool ofTokens = met == RateLimitKind.Tokens;
        (long limit, long used, long requested) = ofTokens ? (state.TokenLimit!.Value, state.Tokens, tokens) : (state.RequestLimit!.Value, state.Requests, 1);
        string unit = ofTokens ? "tokens" : "requests";
        string window = options.LimitWindow == TimeSpan.FromMinutes(1)
            ? $"{unit} per min ({(ofTokens ? "TPM" : "RPM")})"
            : $"{unit} per {LimitHeaders.Duration(options.LimitWindow)}";
        if (requested > limit)
        {
            return WireAnswer.Error(
                429, "rate_limit_exceeded",
                FormattableString.Invariant($"Request too large for {model} on {window}: Limit {limit}, Requested {requested}. The input or output tokens must be reduced in order to run successfully."),
                null);
        }
        string message = FormattableString.Invariant(
            $"Rate limit reached for {model} on {window}: Limit {limit}, Used {used}, Requested {requested}. Please try again in {LimitHeaders.Duration(state.Reset)}.");
        return WireAnswer.Error(429, "rate_limit_exceeded", message, null) with { Headers = LimitHeaders.RetryAfter(state.Reset) };
    }
}
