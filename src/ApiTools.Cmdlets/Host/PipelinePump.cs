using System.Management.Automation;
using System.Threading.Channels;

namespace ApiTools.Cmdlets;

/// <summary>
/// The one place where a pipeline thread meets background work. PowerShell's streams may be written only from the pipeline thread,
/// so background work posts what it wants written, and the pipeline thread writes it while it waits. Nothing else in the module
/// blocks on a task or starts one.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    // Bounded, so that work that writes faster than a consumer reads waits for it.
    private const int Capacity = 256;

    // What is smaller is done in a few milliseconds, and a thread costs more than it gives.
    private const int WorthAThread = 131_072;

    private readonly Channel<Action> _posted = Channel.CreateBounded<Action>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, AllowSynchronousContinuations = false });

    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled by Ctrl+C, a stopped pipeline and the end of the command: background work passes it on.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Ends background work and whatever waits on it. From any thread.</summary>
    public void Stop()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command ended between Ctrl+C and here.
        }
    }

    /// <summary>From background work: has the pipeline thread run <paramref name="write"/>, in the order of posting.</summary>
    public ValueTask PostAsync(Action write) => _posted.Writer.WriteAsync(write, Stopping);

    /// <summary>From background work: has the pipeline thread run <paramref name="work"/>, and returns what comes of it. A typed failure of it is this work's.</summary>
    public async Task<T> RunAsync<T>(Func<T> work)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        // Nobody runs it any more where the command is stopped.
        using CancellationTokenRegistration stopped = Stopping.Register(() => done.TrySetCanceled());
        await PostAsync(() =>
        {
            try
            {
                done.TrySetResult(work());
            }
            catch (ApiException exception)
            {
                done.TrySetException(exception);
            }
        }).ConfigureAwait(false);
        return await done.Task.ConfigureAwait(false);
    }

    /// <summary>From the pipeline thread: starts background work. Wait for it with <see cref="WaitUntil"/> or <see cref="Await"/>.</summary>
    /// <param name="work">The work.</param>
    /// <param name="ended">Told of the work's end before the pipeline thread is woken, from any thread.</param>
#pragma warning disable RS0030 // The pump is where work starts.
    public Task<T> Start<T>(Func<CancellationToken, Task<T>> work, Action<Task<T>>? ended = null)
    {
        Task<T> task = Task.Run(() => work(Stopping));
        // Wakes the pipeline thread. Only when the task has ended, for it asks then whether it has (woken from within the work, it could ask
        // too early and sleep for ever). A full queue needs no waking.
        task.ContinueWith(
            (done, _) =>
            {
                ended?.Invoke(done);
                _posted.Writer.TryWrite(static () => { });
            },
            null,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return task;
    }
#pragma warning restore RS0030

    /// <summary>From the pipeline thread: writes what is posted until the condition holds.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl+C, or a command further down that wants no more.</exception>
    public void WaitUntil(Func<bool> condition, CancellationToken deadline = default)
    {
        try
        {
            WritePosted();
            if (condition())
            {
                return;
            }
            using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(Stopping, deadline);
            while (!condition())
            {
                ValueTask<bool> more = _posted.Reader.WaitToReadAsync(waiting.Token);
                _ = more.IsCompleted ? more.GetAwaiter().GetResult() : more.AsTask().GetAwaiter().GetResult();
                WritePosted();
            }
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // The wait had an end of its own; the caller sees that the condition does not hold.
        }
    }

    /// <summary>From the pipeline thread: runs background work to its end, writing what it posts meanwhile.</summary>
    public void Run(Func<CancellationToken, Task> work) => Await(async token =>
    {
        await work(token).ConfigureAwait(false);
        return true;
    });

    /// <summary>From the pipeline thread: runs background work and returns its result, writing what it posts meanwhile.</summary>
    public T Await<T>(Func<CancellationToken, Task<T>> work)
    {
        Task<T> task = Start(work);
        try
        {
            WaitUntil(() => task.IsCompleted);
        }
        catch
        {
            DisposeOfResult(task);
            throw;
        }
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>
    /// From the pipeline thread: has the engine work on an input. On a large one in the background, so that Ctrl+C ends the wait at once; the work ends
    /// as soon as it looks at its token, or with the input's end.
    /// </summary>
    /// <param name="size">How large the input is, in bytes or characters.</param>
    /// <param name="work">The work.</param>
    public T Compute<T>(long size, Func<CancellationToken, T> work) =>
        size < WorthAThread ? work(CancellationToken.None) : Await(token => Task.FromResult(work(token)));

    /// <summary>The same for one of very many inputs, with what the work needs beside it: a small one costs no memory.</summary>
    /// <param name="size">How large the input is, in bytes or characters.</param>
    /// <param name="state">What the work needs.</param>
    /// <param name="work">The work, which captures nothing.</param>
    public T Compute<TState, T>(long size, TState state, Func<TState, CancellationToken, T> work) =>
        size < WorthAThread ? work(state, CancellationToken.None) : ComputeLarge(state, work);

    private T ComputeLarge<TState, T>(TState state, Func<TState, CancellationToken, T> work) => Await(token => Task.FromResult(work(state, token)));

    // Nobody takes it any more: a journal that is open just when the command is stopped would keep its lock.
    private static void DisposeOfResult<T>(Task<T> task) => task.ContinueWith(
        static done => (done.GetAwaiter().GetResult() as IDisposable)?.Dispose(),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    /// <summary>From the pipeline thread: writes what has been posted so far.</summary>
    public void WritePosted()
    {
        while (_posted.Reader.TryRead(out Action? write))
        {
            try
            {
                write();
            }
            catch
            {
                // A write fails where the pipeline is stopped, by Ctrl+C or by Select-Object -First: nobody reads on, so nothing goes on.
                Stop();
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _posted.Writer.TryComplete();
        _stopping.Dispose();
    }
}
