using ApiTools.Http;

namespace ApiTools.Chat;

/// <summary>The tries of one call.</summary>
internal sealed class ChatAttempts(ChatCall call, IChatObserver observer, ApiConnection connection, ApiTransport transport) : IRetriedCall<ChatCompletion>
{
    private readonly long _call = RequestRecord.NextCall();
    private readonly ChatBodies _bodies = new(call, connection.MaxTokensNames);
    private string? _model;
    private byte[]? _sent;
    private bool _isMended;
    private int _attempt;

    /// <summary>The request as it went to the call's own model.</summary>
    public byte[] Body => _bodies.For(call.Model);

    public Task<ChatCompletion> AttemptAsync(string? model, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        _isMended &= string.Equals(model, _model, StringComparison.Ordinal);
        _model = model;
        _attempt++;
        _sent = _bodies.For(model);
        ApiRequest request = new(HttpMethod.Post, "/chat/completions") { Body = _sent, Headers = call.Headers };
        return transport.SendAsync(request, call.Limits.Within(call.Retry.MaximumTime, elapsed), ReadAsync, cancellationToken);
    }

    public string? Mend(string? model, ApiException error)
    {
        if (!call.MaxTokensIsOurs || MaxTokensParameter.Wanted(error) is not string name)
        {
            return null;
        }
        if (_isMended)
        {
            // Refused under both names.
            connection.MaxTokensNames.Forget(model);
            return null;
        }
        connection.MaxTokensNames.Learn(model, name);
        // Beside what was sent, not beside what would be sent now: another call may have learned it meanwhile.
        _isMended = !ReferenceEquals(_sent, _bodies.For(model));
        return _isMended ? $"sent again at once with {name}, as the service asks" : null;
    }

    public ValueTask WaitingAsync(RetryWait wait, TimeSpan left) => observer.WaitingAsync(wait, left);

    public ValueTask RestartingAsync(ApiException error) => observer.RestartingAsync(error);

    public async ValueTask EndedAsync(AttemptEnd end, ChatCompletion? value)
    {
        RequestRecord record = new(connection, RequestRecord.Chat, _call, end)
        {
            Body = end.Number > 0 ? _sent : call.Body,
            Answer = value is null ? null : new CompletionFacts(value),
        };
        if (connection.Observer is IRequestObserver recorder)
        {
            await recorder.EndedAsync(record).ConfigureAwait(false);
        }
        await observer.EndedAsync(record).ConfigureAwait(false);
    }

    /// <summary>The call was refused before anything was sent.</summary>
    public ValueTask RefusedAsync(ApiException error) =>
        EndedAsync(new AttemptEnd(0, call.Model, transport.Time.GetUtcNow(), TimeSpan.Zero, TimeSpan.Zero, ApiRequestOutcome.Refused, error), null);

    private Task<ChatCompletion> ReadAsync(ApiAnswer answer)
    {
        // Before the body, which may stream for minutes.
        if (RateLimitHeaders.UsedUpFor(answer.Headers, transport.Time.GetUtcNow()) is TimeSpan reset)
        {
            connection.Gate.HoldUntilReset(_model, reset);
        }
        return new ChatAnswerReader(answer, observer) { Attempt = _attempt, Input = call.Input }.ReadAsync();
    }
}
