using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>Waits at a connection's gate on behalf of one attempt, and tells of it where a rate limit holds the attempt back.</summary>
/// <param name="gate">The connection's.</param>
/// <param name="policy">How long a wait may be.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Is told of the waits.</param>
internal sealed class GateEntrance(ConnectionGate gate, RetryPolicy policy, TimeProvider time, Func<RetryWait, TimeSpan, ValueTask> tell)
{
    // What a timer takes at most is 49 days.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    /// <summary>Enters, when it is this attempt's turn.</summary>
    /// <exception cref="ApiException">The wait would be too long, or the time for all tries is over. Nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<GatePass> EnterAsync(RetryPlan plan, AttemptLog log, CancellationToken cancellationToken)
    {
        GateWaiter waiter = gate.Enqueue(plan.Model);
        try
        {
            while (true)
            {
                if (gate.TryEnter(waiter, out GatePass pass, out GateHold? hold))
                {
                    return pass;
                }
                if (hold is null)
                {
                    await WaitForSignalAsync(waiter.Signal, log, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await WaitOutAsync(hold, plan, log, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch
        {
            gate.Abandon(waiter);
            throw;
        }
    }

    private async Task WaitOutAsync(GateHold hold, RetryPlan plan, AttemptLog log, CancellationToken cancellationToken)
    {
        TimeSpan left = gate.Left(hold);
        if (left <= TimeSpan.Zero)
        {
            return;
        }
        // A model that is out of service is not waited for where another may be asked.
        if (left > policy.MaximumWait || !policy.HasTimeFor(left, log.Elapsed) || (hold.Cause.Code == "service_unavailable" && plan.HasFallback))
        {
            throw ApiErrors.HeldBack(hold.Cause, left, time.GetLocalNow() + left);
        }
        string reason = $"held back for {RetryPolicy.Seconds(left)} s: {hold.Cause.Code}, which another call over this connection met";
        RetryWait wait = new(hold.Cause, log.Count + 1, log.Count + plan.TriesLeft, left, reason) { IsHeldBack = true };
        await wait.PassAsync(time, tell, cancellationToken).ConfigureAwait(false);
    }

    private async Task WaitForSignalAsync(TaskCompletionSource<bool> signal, AttemptLog log, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration cancelled = cancellationToken.Register(static signal => ((TaskCompletionSource<bool>)signal!).TrySetCanceled(), signal);
        using ITimer? deadline = policy.MaximumTime is TimeSpan all ? Deadline(signal, all - log.Elapsed) : null;
        try
        {
            await signal.Task.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!policy.HasTimeFor(TimeSpan.Zero, log.Elapsed))
            {
                throw ApiErrors.OutOfTime(policy.MaximumTime!.Value, "before the service had room for the request");
            }
        }
    }

    private ITimer Deadline(TaskCompletionSource<bool> signal, TimeSpan left) =>
        time.CreateTimer(
            static signal => ((TaskCompletionSource<bool>)signal!).TrySetCanceled(),
            signal,
            left < TimeSpan.Zero ? TimeSpan.Zero : left > LongestTimer ? LongestTimer : left,
            Timeout.InfiniteTimeSpan);
}
