using System.Diagnostics;
using ApiTools.Http;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Http;

/// <summary>A call of a test's own: each try is a function of the model, and what the runner tells is kept.</summary>
internal sealed class FakeCall(Func<string?, Task<int>> attempt) : IRetriedCall<int>
{
    public FakeCall(Func<string?, int> attempt)
        : this(model => Task.FromResult(attempt(model)))
    {
    }

    /// <summary>The model of each try.</summary>
    public List<string?> Models { get; } = [];

    /// <summary>The time since the call began at which each try began.</summary>
    public List<TimeSpan> Starts { get; } = [];

    public List<(RetryWait Wait, TimeSpan Left)> Waits { get; } = [];

    public List<ApiException> Restarts { get; } = [];

    public Func<ApiException, string?> Mending { get; init; } = _ => null;

    public Task<int> AttemptAsync(string? model, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        Models.Add(model);
        Starts.Add(elapsed);
        return attempt(model);
    }

    public string? Mend(string? model, ApiException error) => Mending(error);

    public ValueTask WaitingAsync(RetryWait wait, TimeSpan left)
    {
        lock (Waits)
        {
            Waits.Add((wait, left));
        }
        return default;
    }

    public ValueTask RestartingAsync(ApiException error)
    {
        Restarts.Add(error);
        return default;
    }

    /// <summary>How each try ended.</summary>
    public List<AttemptEnd> Ends { get; } = [];

    public ValueTask EndedAsync(AttemptEnd end, int value)
    {
        Ends.Add(end);
        return default;
    }

    /// <summary>Waits, without moving the clock, until the call has said so many waits: what wakes it runs on another thread.</summary>
    public async Task HasWaitedAsync(int times)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(60);)
        {
            lock (Waits)
            {
                if (Waits.Count >= times)
                {
                    return;
                }
            }
            await Task.Yield();
        }
        Assert.Fail("it never waits");
    }

    /// <summary>Moves a fake clock until a task ends; each step lets what waits for it run.</summary>
    public static async Task PassAsync(FakeTimeProvider time, Task task, double step = 0.25)
    {
        for (int i = 0; i < 100_000 && !task.IsCompleted; i++)
        {
            time.Advance(TimeSpan.FromSeconds(step));
            await Task.Yield();
        }
        Assert.True(task.IsCompleted, "it never ends");
    }
}
