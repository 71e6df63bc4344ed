using System.Management.Automation;
using ApiTools.Simulator;

namespace ApiTools.Cmdlets;

/// <summary>Start-ApiSimulator: a server of the documented API in this process, with faults on demand.</summary>
[Cmdlet(VerbsLifecycle.Start, "ApiSimulator", SupportsShouldProcess = true)]
[OutputType(typeof(ApiSimulator))]
public sealed class StartApiSimulatorCommand : ApiCmdlet
{
    /// <summary>The port to listen on; a free one where left out.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>The models that it offers. Where left out: gpt-4o, gpt-4o-mini, gpt-4.1, gpt-5-mini, o4-mini, and sim-small with a window of 128 tokens.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public string[] Model { get; set; } = [.. SimulatorOptions.DefaultModels];

    /// <summary>Rules for faults: a code or kind by name, a hashtable of SimulatorFault's properties, or a SimulatorFault. Looked at in their order.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(SimulatorFaultCompleter))]
    public object[] Fault { get; set; } = [];

    /// <summary>Answers to give, each once and in their order: a text, a hashtable of SimulatorAnswer's properties, a completion, or a SimulatorAnswer.</summary>
    [Parameter]
    [ValidateNotNull]
    public object[] Answer { get; set; } = [];

    /// <summary>Milliseconds before each answer; 0 where left out.</summary>
    [Parameter]
    [ValidateRange(0, 3_600_000)]
    public int LatencyMs { get; set; }

    /// <summary>Milliseconds before each event of a stream but the first, so that live text can be seen; 0 where left out.</summary>
    [Parameter]
    [ValidateRange(0, 3_600_000)]
    public int TokenDelayMs { get; set; }

    /// <summary>The most chats under way at once; one more is answered with concurrent_limit_exceeded. No limit where left out.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? ConcurrencyLimit { get; set; }

    /// <summary>The most chats in LimitWindowSec; one more is answered with rate_limit_exceeded. No limit where left out.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? RequestLimit { get; set; }

    /// <summary>The most tokens in LimitWindowSec, of chats and their answers. No limit where left out.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? TokenLimit { get; set; }

    /// <summary>The seconds of the window that RequestLimit and TokenLimit are for, 60 where left out.</summary>
    [Parameter]
    [ValidateRange(0.001, 86_400d)]
    public double LimitWindowSec { get; set; } = 60;

    /// <summary>Counts how often each prompt is answered, for the summary.</summary>
    [Parameter]
    public SwitchParameter CountPrompts { get; set; }

    /// <summary>Writes the simulator, with its address and keys.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        SimulatorOptions options = new()
        {
            Port = Port,
            Models = [.. Model.Distinct(StringComparer.Ordinal)],
            Faults = Read(Fault, SimulatorFaultReader.Read, FaultCheck.Check),
            Answers = Read(Answer, SimulatorAnswerReader.Read, AnswerCheck.Check),
            Latency = TimeSpan.FromMilliseconds(LatencyMs),
            TokenDelay = TimeSpan.FromMilliseconds(TokenDelayMs),
            ConcurrencyLimit = ConcurrencyLimit,
            RequestLimit = RequestLimit,
            TokenLimit = TokenLimit,
            LimitWindow = TimeSpan.FromSeconds(LimitWindowSec),
            CountPrompts = CountPrompts,
        };
        if (!ShouldProcess(Port == 0 ? "a free port of this machine" : $"port {Port} of this machine", "Start the simulator"))
        {
            return;
        }
        try
        {
            ApiSimulator simulator = ApiSimulator.Start(options);
            WriteVerbose($"The simulator listens at {simulator.BaseUri}.");
            if (PassThru)
            {
                Write(simulator);
            }
        }
        catch (ApiSimulatorException exception)
        {
            WriteFailure(exception, Port);
        }
    }

    private List<T> Read<T>(object?[] items, Func<object?, T> read, Action<T> check)
    {
        List<T> rules = [];
        foreach (object? item in items)
        {
            try
            {
                T rule = read(item);
                check(rule);
                rules.Add(rule);
            }
            catch (ApiException exception)
            {
                ThrowFailure(exception, item);
            }
        }
        return rules;
    }
}
