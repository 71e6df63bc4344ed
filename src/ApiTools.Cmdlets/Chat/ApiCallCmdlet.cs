using System.Collections;
using System.Management.Automation;
using ApiTools.Http;

namespace ApiTools.Cmdlets;

/// <summary>The base of a cmdlet that makes calls: how each is tried, how many run at once, and how their answers are written.</summary>
public abstract class ApiCallCmdlet : ApiServiceCmdlet
{
    private static readonly RetryPolicy Defaults = new();

    /// <summary>Has the answer streamed: its text shows on the terminal as it comes, and the whole completion is written at the end.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <summary>Has the answer streamed, and writes each chunk of it as it comes, in place of the completion.</summary>
    [Parameter]
    public SwitchParameter AsChunk { get; set; }

    /// <summary>Asks again for a stream that broke after its first content. That pays for the beginning twice, so it is not done where left out.</summary>
    [Parameter]
    public SwitchParameter RestartStream { get; set; }

    /// <summary>Models to ask in turn where the first is unavailable, or its share of the tries is spent.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] FallbackModel { get; set; } = [];

    /// <summary>How often a failed try is repeated, 2 where left out.</summary>
    [Parameter]
    [ValidateRange(0, 1000)]
    public int MaximumRetryCount { get; set; } = Defaults.MaximumRetryCount;

    /// <summary>Seconds before the first repetition, doubled for each further one, 2 where left out.</summary>
    [Parameter]
    [ValidateRange(0.001, 86_400d)]
    public double RetryIntervalSec { get; set; } = Defaults.RetryInterval.TotalSeconds;

    /// <summary>The longest wait in seconds that is worth it, 120 where left out; a service that asks for a longer one is an error at once.</summary>
    [Parameter]
    [ValidateRange(0d, 31_536_000d)]
    public double MaximumWaitSec { get; set; } = Defaults.MaximumWait.TotalSeconds;

    /// <summary>Seconds for all tries of an input and the waits between them. Without an end where left out.</summary>
    [Parameter]
    [ValidateRange(0.001, 31_536_000d)]
    public double? MaximumTimeSec { get; set; }

    /// <summary>Seconds for one try as a whole, 600 where left out.</summary>
    [Parameter]
    [ValidateRange(0.001, 86_400d)]
    public double TimeoutSec { get; set; } = AttemptLimits.Default.Whole.TotalSeconds;

    /// <summary>Seconds between two pieces of an answer that has begun, 60 where left out.</summary>
    [Parameter]
    [ValidateRange(0.001, 86_400d)]
    public double OperationTimeoutSec { get; set; } = AttemptLimits.Default.BetweenChunks.TotalSeconds;

    /// <summary>How many requests may be under way at once, 5 where left out; a live stream is alone.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = 5;

    /// <summary>Writes answers as they come, instead of in the order of the inputs.</summary>
    [Parameter]
    public SwitchParameter Unordered { get; set; }

    /// <summary>A file that records each finished input, so that the same command, run again, goes on where this one ended.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JsonLinesFileCompleter))]
    public string? Journal { get; set; }

    /// <summary>The property by which the journal tells the inputs apart. By their content where left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyProperty { get; set; }

    /// <summary>Seconds that requests under way get to finish before an error ends the command, 10 where left out.</summary>
    [Parameter]
    [ValidateRange(0d, 3600d)]
    public double DrainSec { get; set; } = 10;

    /// <summary>Further headers of the HTTP request.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Header { get; set; }

    /// <summary>Makes a request that is too long fit the model's context window: by leaving out its oldest turns, or by asking for a shorter answer.</summary>
    [Parameter]
    public ContextFitMode? FitContext { get; set; }

    /// <summary>Sends without the check of the request, for a service that allows more than the documented API.</summary>
    [Parameter]
    public SwitchParameter SkipRequestValidation { get; set; }

    /// <summary>Whether answers are streamed.</summary>
    private protected bool Streams => Stream || AsChunk;

    /// <summary>Whether a person reads the text as it comes.</summary>
    private protected bool ShowsText => Stream && !AsChunk && !HostOutput.IsRedirected;

    /// <summary>How many calls may be under way: a stream that is watched is alone, so that two do not mix.</summary>
    private protected int Concurrency => ShowsText || (AsChunk && !Unordered) ? 1 : ThrottleLimit;

    /// <summary>When and how often to try again.</summary>
    private protected RetryPolicy ReadRetry() => Defaults with
    {
        MaximumRetryCount = MaximumRetryCount,
        RetryInterval = TimeSpan.FromSeconds(RetryIntervalSec),
        MaximumWait = TimeSpan.FromSeconds(MaximumWaitSec),
        MaximumTime = MaximumTimeSec is double seconds ? TimeSpan.FromSeconds(seconds) : null,
    };

    /// <summary>The headers to add.</summary>
    /// <exception cref="ApiRequestException">invalid_value: something in it is no header, or is set elsewhere.</exception>
    private protected IReadOnlyList<KeyValuePair<string, string>> ReadHeaders()
    {
        IReadOnlyList<KeyValuePair<string, string>> headers = RequestProperties.ReadHeaders(Header);
        RequestHeaders.Check(headers);
        return headers;
    }

    /// <summary>The time-outs of one try.</summary>
    private protected AttemptLimits ReadLimits() => AttemptLimits.Default with
    {
        Whole = TimeSpan.FromSeconds(TimeoutSec),
        BetweenChunks = TimeSpan.FromSeconds(OperationTimeoutSec),
    };
}
