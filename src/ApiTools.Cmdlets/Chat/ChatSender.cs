using ApiTools.Batch;
using ApiTools.Chat;
using ApiTools.Repair;

namespace ApiTools.Cmdlets;

/// <summary>Sends one request of a job to its end: made to fit, with its rounds of tools, its schema, and its entry in the journal.</summary>
/// <param name="command">Writes what there is to say.</param>
/// <param name="pump">Brings it to the pipeline thread.</param>
/// <param name="options">How the job sends.</param>
internal sealed class ChatSender(ApiCmdlet command, PipelinePump pump, ChatJobOptions options)
{
    private readonly StructuredCall? _structured = options.Call.Schema is AnswerSchema schema ? new StructuredCall(schema, options.RetriesInvalid, TimeProvider.System) : null;

    /// <summary>What it sends by.</summary>
    public ChatClient Client { get; } = new(options.Connection, TimeProvider.System);

    /// <summary>Makes requests fit; null where they are sent as they are.</summary>
    public ChatFit? Fitting { get; } = options.FitContext is ContextFitMode mode ? new ChatFit(command, options.Connection, mode) : null;

    /// <summary>A request made to fit; null where it is sent as it is. For the pipeline thread.</summary>
    public ContextFitResult? Fit(byte[] request) => Fit(request, isCorrection: false);

    private ContextFitResult? Fit(byte[] request, bool isCorrection) =>
        Fitting is null ? null : pump.Compute(request.Length, token => Fitting.Fit(request, isCorrection, token));

    // The first request fitted, and has become longer by its answer.
    private ChatCall Renew(ChatCall call, string? place)
    {
        if (Fit(call.Body, isCorrection: true) is not ContextFitResult fit)
        {
            return call;
        }
        ChatFit.ThrowIfTooLong(fit, null);
        Fitting!.Tell(fit, call.Model, place);
        return call with { Body = fit.Request };
    }

    /// <summary>Sends a request to its end. What becomes of it is recorded before it is written: what a person has seen is never paid for again.</summary>
    /// <param name="call">The request.</param>
    /// <param name="entry">Its input in the journal; null where there is none.</param>
    /// <param name="place">Where the input stands; null where it came in as an object.</param>
    /// <param name="observer">Is told of the answer as it comes.</param>
    /// <param name="renew">Makes the next request of a conversation with tools, on the pipeline thread.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ApiException">It failed.</exception>
    public async Task<ChatAnswer> SendAsync(
        ChatCall call, JournalInput? entry, string? place, CmdletObserver observer, Func<ChatCall, byte[], string?, ChatCall> renew, CancellationToken cancellationToken)
    {
        ChatCompletion completion;
        try
        {
            completion = options.Tools is not ToolRounds tools ? await Send(call).ConfigureAwait(false)
                : await tools.RunAsync(call, Send, body => renew(call, body, place), (answer, exchange) =>
                {
                    observer.EndText();
                    options.Conversation?.Add(answer, exchange);
                }).ConfigureAwait(false);
        }
        catch (ApiException exception) when (entry is not null)
        {
            await options.Journal!.AppendAsync(entry, exception).ConfigureAwait(false);
            throw;
        }
        if (entry is not null)
        {
            await options.Journal!.AppendAsync(entry, completion).ConfigureAwait(false);
        }
        return new ChatAnswer(completion, observer);

        Task<ChatCompletion> Send(ChatCall next) => _structured is null ? SendToFit(next) : _structured.SendAsync(next, SendToFit, observer.CorrectingAsync);

        Task<ChatCompletion> SendToFit(ChatCall next) => SendFittedAsync(next, place, observer, cancellationToken);
    }

    // The service knows its window and its tokens better than any estimate: what it says of them is used once.
    private async Task<ChatCompletion> SendFittedAsync(ChatCall call, string? place, CmdletObserver observer, CancellationToken cancellationToken)
    {
        if (call.IsCorrection)
        {
            ChatCall correction = call;
            call = await pump.RunAsync(() => Renew(correction, place)).ConfigureAwait(false);
        }
        ApiException refusal;
        ContextFitResult fit;
        try
        {
            return await Client.SendAsync(call, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (Fitting?.FitAgain(call, exception, cancellationToken) is ContextFitResult again)
        {
            refusal = exception;
            fit = again;
        }
        await pump.PostAsync(() => Fitting!.Tell(fit, call.Model, place)).ConfigureAwait(false);
        ChatCompletion completion = await Client.SendAsync(call with { Body = fit.Request }, observer, cancellationToken).ConfigureAwait(false);
        completion.AttemptHistory = [.. refusal.AttemptHistory, .. completion.AttemptHistory];
        return completion;
    }
}
