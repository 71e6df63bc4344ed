namespace ApiTools.Http;

/// <summary>Runs one call by a retry policy: enters the gate, tries, waits, and keeps the history of it. What comes next is <see cref="RetryPlan"/>'s.</summary>
/// <param name="policy">When to try again, and how long to wait before it.</param>
/// <param name="gate">The gate of the connection, which each try passes.</param>
/// <param name="time">The clock.</param>
internal sealed class RetryRunner(RetryPolicy policy, ConnectionGate gate, TimeProvider time)
{
    /// <summary>Tries until it succeeds, or until the policy says that no further try helps.</summary>
    /// <param name="models">The models to ask, in order: one at least.</param>
    /// <param name="call">What is tried.</param>
    /// <param name="cancellationToken">Ends a try and a wait at once.</param>
    /// <exception cref="ApiException">The last failure, with the history in it, and the first failure where that was another.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<RetryResult<T>> RunAsync<T>(IReadOnlyList<string?> models, IRetriedCall<T> call, CancellationToken cancellationToken)
    {
        RetryPlan plan = new(policy, models);
        AttemptLog log = new(time);
        try
        {
            return await RunAsync(plan, log, call, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (log.HasTried)
        {
            await call.EndedAsync(log.Unsent(plan.Model, ApiRequestOutcome.Cancelled, null), default).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<RetryResult<T>> RunAsync<T>(RetryPlan plan, AttemptLog log, IRetriedCall<T> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            string? model = plan.Model;
            GatePass pass = default;
            bool sent = false;
            T? value = default;
            ApiException? error = null;
            try
            {
                pass = await EnterAsync(plan, log, call, cancellationToken).ConfigureAwait(false);
                sent = true;
                value = await call.AttemptAsync(model, log.Start(model), cancellationToken).ConfigureAwait(false);
                gate.Succeed(pass);
            }
            catch (ApiException exception)
            {
                error = exception;
            }
            catch when (sent)
            {
                gate.Cancel();
                throw;
            }
            if (error is null)
            {
                RetryResult<T> result = log.Succeed(value!);
                await call.EndedAsync(log.Ended(ApiRequestOutcome.Succeeded, null), value).ConfigureAwait(false);
                return result;
            }
            if (sent)
            {
                gate.Fail(pass, error);
            }
            if (sent && call.Mend(model, error) is string mended)
            {
                log.Fail(error, TimeSpan.Zero, mended);
                await call.EndedAsync(log.Ended(ApiRequestOutcome.Retried, error), default).ConfigureAwait(false);
                continue;
            }
            RetryDecision decision = plan.After(error, sent, log.Elapsed);
            await TellAsync(model, error, sent, decision, log, call).ConfigureAwait(false);
            if (!decision.IsRetry)
            {
                throw log.End(model, error);
            }
            log.Remember(model, error);
            await WaitAsync(error, decision, plan, log, call, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask TellAsync<T>(string? model, ApiException error, bool sent, RetryDecision decision, AttemptLog log, IRetriedCall<T> call)
    {
        if (sent)
        {
            log.Fail(error, decision.IsRetry ? decision.Wait : null, decision.Reason);
            await call.EndedAsync(log.Ended(decision.IsRetry ? ApiRequestOutcome.Retried : ApiRequestOutcome.Failed, error), default).ConfigureAwait(false);
        }
        else if (!decision.IsRetry)
        {
            await call.EndedAsync(log.Unsent(model, ApiRequestOutcome.Refused, error), default).ConfigureAwait(false);
        }
    }

    private ValueTask<GatePass> EnterAsync<T>(RetryPlan plan, AttemptLog log, IRetriedCall<T> call, CancellationToken cancellationToken) =>
        gate.TryEnter(plan.Model, out GatePass pass)
            ? new(pass)
            : new(new GateEntrance(gate, policy, time, call.WaitingAsync).EnterAsync(plan, log, cancellationToken));

    private async Task WaitAsync<T>(
        ApiException error, RetryDecision decision, RetryPlan plan, AttemptLog log, IRetriedCall<T> call, CancellationToken cancellationToken)
    {
        RetryWait wait = new(error, log.Count + 1, log.Count + plan.TriesLeft, decision.Wait, decision.Reason)
        {
            NextModel = decision.Verdict == RetryVerdict.Fallback ? plan.Model : null,
        };
        await wait.PassAsync(time, call.WaitingAsync, cancellationToken).ConfigureAwait(false);
        if (error.WouldPayTwice)
        {
            await call.RestartingAsync(error).ConfigureAwait(false);
        }
    }
}
