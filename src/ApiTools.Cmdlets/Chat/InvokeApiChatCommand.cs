using System.Management.Automation;
using System.Text.Json;
using ApiTools.Chat;
using ApiTools.Http;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>Invoke-ApiChat: sends chats, one at a prompt or many through the pipeline, and writes their completions.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ApiChat", DefaultParameterSetName = PromptSet)]
[OutputType(typeof(ChatCompletion))]
public sealed class InvokeApiChatCommand : ApiServiceCmdlet
{
    private const string PromptSet = "Prompt";
    private const string RequestSet = "Request";
    private const string FileSet = "LiteralPath";

    // A gateway uses 403 for one flagged prompt too; this many in a row mean the key.
    private const int MaximumPermissionErrorsInARow = 10;

    private static readonly RetryPolicy Defaults = new();

    private readonly List<object?> _wholeInput = [];
    private readonly HashSet<string> _warned = [];
    private ChatClient _client = null!;
    private OrderedCalls<ChatAnswer> _calls = null!;
    private PromptTemplate? _template;
    private int _permissionErrorsInARow;

    /// <summary>What to ask. With input from the pipeline, {Property} and {_} stand for each input; without them it asks about the whole input.</summary>
    [Parameter(Position = 0, ParameterSetName = PromptSet)]
    [AllowEmptyString]
    [AllowNull]
    public string? Prompt { get; set; }

    /// <summary>The input: prompts, objects that fill the prompt's placeholders, or what the prompt asks about.</summary>
    [Parameter(ParameterSetName = PromptSet, ValueFromPipeline = true)]
    [AllowEmptyString]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>The system message.</summary>
    [Parameter(ParameterSetName = PromptSet)]
    public string? System { get; set; }

    /// <summary>Messages that go before the prompt, each with role and content.</summary>
    [Parameter(ParameterSetName = PromptSet)]
    [AllowNull]
    public object?[]? Message { get; set; }

    /// <summary>A whole request: a hashtable, an object or JSON text. The other parameters replace its own.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RequestSet)]
    [AllowNull]
    public object? Request { get; set; }

    /// <summary>Files of requests, one JSON object a line (JSONL).</summary>
    [Parameter(Mandatory = true, ParameterSetName = FileSet)]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The model. The connection's where left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>0 to 2: how far the answer strays. The service's default where left out.</summary>
    [Parameter]
    public double? Temperature { get; set; }

    /// <summary>0 to 1: the share of likely tokens that are considered. The service's default where left out.</summary>
    [Parameter]
    public double? TopP { get; set; }

    /// <summary>The most tokens of the answer. The service's default where left out.</summary>
    [Parameter]
    public int? MaxTokens { get; set; }

    /// <summary>Up to four texts at which the answer ends.</summary>
    [Parameter]
    public string[]? Stop { get; set; }

    /// <summary>Asks for the same answer to the same request, as far as the service can.</summary>
    [Parameter]
    public long? Seed { get; set; }

    /// <summary>Has the answer streamed: its text shows on the terminal as it comes, and the whole completion is written at the end.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

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

    /// <summary>Seconds that requests under way get to finish before an error ends the command, 10 where left out.</summary>
    [Parameter]
    [ValidateRange(0d, 3600d)]
    public double DrainSec { get; set; } = 10;

    /// <summary>Sends without the check of the request, for a service that allows more than the documented API.</summary>
    [Parameter]
    public SwitchParameter SkipRequestValidation { get; set; }

    private bool HasPrompt => MyInvocation.BoundParameters.ContainsKey(nameof(Prompt));

    private bool ShowsText => Stream && !HostOutput.IsRedirected;

    private RetryPolicy Retry => Defaults with
    {
        MaximumRetryCount = MaximumRetryCount,
        RetryInterval = TimeSpan.FromSeconds(RetryIntervalSec),
        MaximumWait = TimeSpan.FromSeconds(MaximumWaitSec),
    };

    private ChatParameters Parameters => new()
    {
        Model = Model,
        Temperature = Temperature,
        TopP = TopP,
        MaxTokens = MaxTokens,
        Stop = Stop,
        Seed = Seed,
        Stream = Stream,
    };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _client = new ChatClient(Service, TimeProvider.System);
        _calls = new OrderedCalls<ChatAnswer>(Pump, ShowsText ? 1 : ThrottleLimit);
        PromptTemplate? template = HasPrompt ? PromptTemplate.Parse(Prompt ?? string.Empty) : null;
        _template = template is { HasPlaceholders: true } ? template : null;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case RequestSet:
                Send(Request, () => WholeRequest(Request));
                break;
            case FileSet:
                foreach (string path in LiteralPath)
                {
                    SendFile(path);
                }
                break;
            default:
                ProcessInput();
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == PromptSet && HasPrompt && _template is null && HasInput)
        {
            SendWholeInput();
        }
        while (_calls.Count > 0)
        {
            Finish(_calls.Take());
        }
    }

    private bool HasInput => MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));

    // DESIGN, "What flows in": each case of its table is one of these.
    private void ProcessInput()
    {
        object? input = (InputObject as PSObject)?.BaseObject is string or ChatCompletion ? ((PSObject)InputObject).BaseObject : InputObject;
        if (!HasInput)
        {
            Send(Prompt, () => PromptRequest(HasPrompt ? Prompt ?? string.Empty : null));
        }
        else if (_template is not null)
        {
            Send(input, () => PromptRequest(_template.Fill(input)));
        }
        else if (HasPrompt)
        {
            _wholeInput.Add(input);
        }
        else if (input is null or string or ChatCompletion)
        {
            Send(input, () => PromptRequest(input?.ToString() ?? string.Empty));
        }
        else
        {
            ThrowFailure(ChatInputErrors.ObjectWithoutPrompt(input), input);
        }
    }

    private void SendWholeInput()
    {
        if (_wholeInput.Count == 0)
        {
            WriteWarning("Nothing came through the pipeline, so nothing was sent.");
            return;
        }
        Send(
            _wholeInput.Count == 1 ? _wholeInput[0] : _wholeInput.ToArray(),
            () => PromptRequest($"{Prompt}\n\n{HostText.Of(_wholeInput, InvokeCommand)}"));
    }

    private void SendFile(string path)
    {
        string file = GetUnresolvedProviderPathFromPSPath(path);
        try
        {
            using RequestLines lines = new(file);
            while (Pump.Await(lines.ReadAsync) is IReadOnlyList<(int Number, byte[] Json)> next)
            {
                foreach ((_, byte[] json) in next)
                {
                    string line = global::System.Text.Encoding.UTF8.GetString(json);
                    Send(line, () => WholeRequest(line));
                }
            }
        }
        catch (ApiException exception) when (exception is ApiFileException)
        {
            WriteFailure(exception, path);
        }
    }

    private byte[] PromptRequest(string? prompt)
    {
        List<byte[]> messages = [];
        if (!string.IsNullOrEmpty(System))
        {
            messages.Add(ChatRequestWriter.Message("system", System!));
        }
        messages.AddRange((Message ?? []).Select(ChatMessages.ToUtf8));
        if (prompt is not null)
        {
            messages.Add(ChatRequestWriter.Message("user", ChatInputErrors.NotEmpty(prompt)));
        }
        else if (messages.Count == 0)
        {
            throw ChatInputErrors.NothingToAsk();
        }
        return ChatRequestWriter.Write(messages, Parameters with { Model = ChatInputErrors.Named(Model ?? Service.Model) });
    }

    private byte[] WholeRequest(object? request)
    {
        object? value = request is PSObject wrapped ? wrapped.BaseObject : request;
        if (value is string given)
        {
            ChatRequestWriter.CheckText(given, "the request");
        }
        byte[] json = value is string text ? global::System.Text.Encoding.UTF8.GetBytes(text) : PSObjectJson.ToUtf8(request);
        try
        {
            return ChatRequestWriter.Override(json, Parameters, Service.Model);
        }
        catch (JsonException)
        {
            // The check says where the fault is.
            return json;
        }
    }

    private void Send(object? target, Func<byte[]> makeRequest)
    {
        byte[] body;
        try
        {
            body = makeRequest();
            if (!SkipRequestValidation)
            {
                Report(Preflight.Check(body, Service));
            }
        }
        catch (ApiException exception)
        {
            FinishFailed(exception, target);
            return;
        }
        while (_calls.IsFull)
        {
            Finish(_calls.Take());
        }
        ChatCall call = new()
        {
            Body = body,
            Model = ChatRequestReader.Model(body),
            Input = target,
            Retry = Retry,
            Limits = new AttemptLimits(TimeSpan.FromSeconds(TimeoutSec), TimeSpan.FromSeconds(OperationTimeoutSec)),
        };
        CmdletObserver observer = new(Pump, this, ShowsText);
        _calls.Begin(target, async token => new ChatAnswer(await _client.SendAsync(call, observer, token).ConfigureAwait(false), observer));
        Pump.WritePosted();
        while (_calls.TryTake(out (object? Target, Task<ChatAnswer> Task) done))
        {
            Finish(done);
        }
    }

    // Errors were thrown. Of the warnings only a full window is worth a person's eye at each call; Test-ApiRequest shows all.
    private void Report(RequestReport report)
    {
        foreach (Finding finding in report.Findings)
        {
            if (finding.Code == "context_length_exceeded" && _warned.Add(finding.Message))
            {
                WriteWarning(finding.Message);
            }
            else
            {
                WriteVerbose(finding.ToString());
            }
        }
    }

    private void Finish((object? Target, Task<ChatAnswer> Task) call)
    {
        ChatAnswer answer;
        try
        {
            answer = call.Task.GetAwaiter().GetResult();
        }
        catch (ApiException exception)
        {
            FinishFailed(exception, call.Target);
            return;
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        _permissionErrorsInARow = 0;
        WriteAnswer(answer);
    }

    private void WriteAnswer(ChatAnswer answer)
    {
        answer.Observer.EndText();
        if (answer.Completion.FinishReason is "length")
        {
            WriteWarning("The answer was cut off: it reached max_tokens or the end of the context window (finish reason 'length').");
        }
        else if (answer.Completion.FinishReason is "content_filter")
        {
            WriteWarning("The answer was cut off by the service's content filter (finish reason 'content_filter').");
        }
        PSObject output = PSObject.AsPSObject(answer.Completion);
        if (answer.Observer.TextWasShown)
        {
            // Its view is a footer: the text stands above.
            output.TypeNames.Insert(0, "ApiTools.ChatCompletion#Shown");
        }
        Write(output);
    }

    private void FinishFailed(ApiException exception, object? target)
    {
        _permissionErrorsInARow = exception is ApiPermissionException ? _permissionErrorsInARow + 1 : 0;
        if (exception.EndsCommand || _permissionErrorsInARow >= MaximumPermissionErrorsInARow)
        {
            Drain();
            ThrowFailure(exception, target);
        }
        if (StopsOnError)
        {
            Drain();
        }
        WriteFailure(exception, target);
    }

    // What was finished is paid for: it is written before an error ends the command.
    private void Drain()
    {
        foreach ((_, Task<ChatAnswer> task) in _calls.Drain(TimeSpan.FromSeconds(DrainSec)))
        {
            if (task.Status == TaskStatus.RanToCompletion)
            {
                WriteAnswer(task.GetAwaiter().GetResult());
            }
        }
        Pump.Stop();
    }

    private bool StopsOnError =>
        (MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? action) ? action : SessionState.PSVariable.GetValue("ErrorActionPreference"))
            is object preference && string.Equals(preference.ToString(), nameof(ActionPreference.Stop), StringComparison.OrdinalIgnoreCase);
}
