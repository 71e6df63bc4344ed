using System.Net.Sockets;
using ApiTools.Time;

namespace ApiTools.Simulator;

/// <summary>Accepts connections and has each served; holds every socket and every task, so that stopping leaves none.</summary>
internal sealed class SimulatorServer : IDisposable
{
    private readonly SimulatorOptions _options;
    private readonly SimulatorService _service;
    private readonly IReadOnlyList<Socket> _listeners;
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<Task> _connections = [];
    private readonly Task _accepting;

    private SimulatorServer(SimulatorOptions options, int port, IReadOnlyList<Socket> listeners)
    {
        _options = options;
        Tally = new(options.CountPrompts);
        _service = new(options, Log, Tally);
        _listeners = listeners;
        Port = port;
        _accepting = Task.WhenAll(listeners.Select(AcceptAsync));
    }

    public int Port { get; }

    public RequestLog Log { get; } = new();

    public AnswerTally Tally { get; }

    /// <summary>Opens the port and begins to answer.</summary>
    /// <exception cref="ApiException">A rule that cannot be, or a port that cannot be had.</exception>
    public static SimulatorServer Start(SimulatorOptions options)
    {
        foreach (SimulatorFault fault in options.Faults)
        {
            FaultCheck.Check(fault);
        }
        foreach (SimulatorAnswer answer in options.Answers)
        {
            AnswerCheck.Check(answer);
        }
        (int port, IReadOnlyList<Socket> listeners) = LoopbackListeners.Open(options.Port);
        return new(options, port, listeners);
    }

    /// <summary>Closes every socket; the tasks end by themselves right after.</summary>
    public void Dispose()
    {
        // First, so that whoever is woken by a closed socket knows why.
        _stopping.Cancel();
        foreach (Socket listener in _listeners)
        {
            listener.Dispose();
        }
    }

    /// <summary>Closes every socket and waits until every task has ended.</summary>
    public async Task StopAsync()
    {
        Dispose();
        await _accepting.ConfigureAwait(false);
        Task[] connections;
        lock (_connections)
        {
            connections = [.. _connections];
        }
        await Task.WhenAll(connections).ConfigureAwait(false);
    }

    private async Task AcceptAsync(Socket listener)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                try
                {
                    Serve(await listener.AcceptAsync().ConfigureAwait(false));
                }
                catch (SocketException) when (!_stopping.IsCancellationRequested)
                {
                    // A client that gave up in the queue, or no descriptor left: the next one may fare better, in a moment.
                    await _options.Time.WaitAsync(TimeSpan.FromMilliseconds(10), _stopping.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The listener is closed.
        }
    }

    private void Serve(Socket socket)
    {
        Task serving = new SimulatorConnection(socket, _service, _options, _stopping.Token).ServeAsync();
        lock (_connections)
        {
            _connections.Add(serving);
        }
        _ = ForgetAsync(serving);
    }

    private async Task ForgetAsync(Task serving)
    {
        await serving.ConfigureAwait(false);
        lock (_connections)
        {
            _connections.Remove(serving);
        }
    }
}
