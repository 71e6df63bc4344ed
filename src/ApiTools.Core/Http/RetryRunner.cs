using ApiTools.Time;

namespace ApiTools.Http;

/// <summary>Runs one call by a retry policy: tries, waits, and keeps the history of both.</summary>
/// <param name="policy">When to try again, and how long to wait before it.</param>
/// <param name="time">The clock.</param>
internal sealed class RetryRunner(RetryPolicy policy, TimeProvider time)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>Tries until it succeeds, or until the policy says that no further try helps.</summary>
    /// <param name="model">The model that is asked, for the history.</param>
    /// <param name="attempt">One try.</param>
    /// <param name="waiting">Told of each wait at its start and then each second, with what is left of it; zero at its end.</param>
    /// <param name="cancellationToken">Ends a try and a wait at once.</param>
    /// <exception cref="ApiException">The last failure, with the history in it, and the first failure where that was another.</exception>
    public async Task<RetryResult<T>> RunAsync<T>(
        string? model, Func<Task<T>> attempt, Func<RetryWait, TimeSpan, ValueTask> waiting, CancellationToken cancellationToken)
    {
        List<ApiAttempt> history = [];
        ApiException? first = null;
        long begin = time.GetTimestamp();
        while (true)
        {
            long start = time.GetTimestamp();
            ApiException error;
            try
            {
                T result = await attempt().ConfigureAwait(false);
                history.Add(new ApiAttempt(history.Count + 1, model, 200, null, time.GetElapsedTime(start), null, "it succeeded"));
                return new RetryResult<T>(result, history, time.GetElapsedTime(begin));
            }
            catch (ApiException exception)
            {
                error = exception;
            }
            TimeSpan took = time.GetElapsedTime(start);
            RetryDecision decision = policy.Decide(error, history.Count + 1);
            history.Add(new ApiAttempt(history.Count + 1, model, error.Status, error.Code, took, decision.IsRetry ? decision.Wait : null, decision.Reason));
            if (!decision.IsRetry)
            {
                error.AttemptHistory = history;
                error.FirstError = first is not null && first.Code != error.Code ? first : null;
                error.RetryAt = error.RetryAfter is TimeSpan after ? time.GetUtcNow() + after : null;
                throw error;
            }
            first ??= error;
            await WaitAsync(new RetryWait(error, history.Count + 1, policy.MaximumRetryCount + 1, decision.Wait, decision.Reason), waiting, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(RetryWait wait, Func<RetryWait, TimeSpan, ValueTask> waiting, CancellationToken cancellationToken)
    {
        for (TimeSpan left = wait.Wait; left > TimeSpan.Zero; left -= Tick)
        {
            await waiting(wait, left).ConfigureAwait(false);
            await time.WaitAsync(left < Tick ? left : Tick, cancellationToken).ConfigureAwait(false);
        }
        await waiting(wait, TimeSpan.Zero).ConfigureAwait(false);
    }
}
