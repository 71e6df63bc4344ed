using ApiTools.Errors;
using ApiTools.Simulator;

namespace ApiTools;

/// <summary>
/// A server of the documented API inside this process, on this machine's loopback addresses alone: for trying ApiTools, and for testing
/// scripts without spending a cent. A process holds one at a time.
/// </summary>
public sealed class ApiSimulator
{
    private static readonly object Gate = new();
    private static ApiSimulator? _running;

    private readonly SimulatorServer _server;

    private ApiSimulator(SimulatorServer server, IReadOnlyList<string> models)
    {
        _server = server;
        Models = [.. models];
        BaseUri = new Uri(FormattableString.Invariant($"http://127.0.0.1:{server.Port}/v1"));
    }

    /// <summary>The address to connect to; ends in <c>/v1</c>. localhost answers at the same port.</summary>
    public Uri BaseUri { get; }

    /// <summary>A valid key, plain: it opens nothing else.</summary>
    public string ApiKey { get; } = SimulatorKeys.Valid;

    /// <summary>A key that the simulator answers with expired_api_key.</summary>
    public string ExpiredApiKey { get; } = SimulatorKeys.Expired;

    /// <summary>A key that the simulator answers with revoked_api_key.</summary>
    public string RevokedApiKey { get; } = SimulatorKeys.Revoked;

    /// <summary>The TCP port, 1 to 65,535.</summary>
    public int Port => _server.Port;

    /// <summary>The models that it offers.</summary>
    public string[] Models { get; }

    /// <summary>How many requests it has seen since its start.</summary>
    public int RequestCount => _server.Tally.Requests;

    /// <summary>What it has answered since its start, in figures. Another process gets the same by GET http://127.0.0.1:(port)/simulator/summary.</summary>
    public SimulatorSummary Summary => _server.Tally.Summary;

    /// <summary>The process's simulator; null where none runs.</summary>
    internal static ApiSimulator? Running
    {
        get
        {
            lock (Gate)
            {
                return _running;
            }
        }
    }

    /// <summary>The last 10,000 requests in the order of arrival.</summary>
    internal IReadOnlyList<SimulatorRequest> Requests => _server.Log.Snapshot();

    /// <summary>The address.</summary>
    public override string ToString() => BaseUri.ToString();

    /// <summary>Starts the process's simulator.</summary>
    /// <exception cref="ApiException">simulator_running, port_in_use, or invalid_value for a rule.</exception>
    internal static ApiSimulator Start(SimulatorOptions options)
    {
        lock (Gate)
        {
            if (_running is ApiSimulator running)
            {
                throw ApiErrors.SimulatorRunning(running.BaseUri);
            }
            return _running = new ApiSimulator(SimulatorServer.Start(options), options.Models);
        }
    }

    /// <summary>Stops the process's simulator; returns when no socket and no task of it is left.</summary>
    /// <exception cref="ApiSimulatorException">simulator_not_running.</exception>
    internal static Task StopAsync() => (Release() ?? throw ApiErrors.SimulatorNotRunning())._server.StopAsync();

    /// <summary>Closes the sockets of the process's simulator, where one runs, without waiting for its tasks.</summary>
    internal static void Abort() => Release()?._server.Dispose();

    private static ApiSimulator? Release()
    {
        lock (Gate)
        {
            ApiSimulator? released = _running;
            _running = null;
            return released;
        }
    }
}
