using System.Management.Automation;
using System.Text.Json;
using ApiTools.Batch;
using ApiTools.Chat;
using ApiTools.Text;
using ApiTools.Validation;
using Encoding = System.Text.Encoding;

namespace ApiTools.Cmdlets;

/// <summary>Invoke-ApiChat: sends chats, one at a prompt or many through the pipeline, and writes their completions.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ApiChat", DefaultParameterSetName = PromptSet, SupportsShouldProcess = true)]
[OutputType(typeof(ChatCompletion), typeof(ChatCompletionChunk))]
public sealed partial class InvokeApiChatCommand : ApiToolCmdlet
{
    private const string PromptSet = "Prompt";
    private const string RequestSet = "Request";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    // Of a request that -WhatIf and -Confirm show, in characters: a long prompt is read elsewhere.
    private const int MaximumShown = 8_192;

    private readonly List<object?> _wholeInput = [];
    private ChatJob _job = null!;
    private ChatParameters _parameters = null!;
    private JobJournal? _journal;
    private ChatConversation? _conversation;
    private ToolRounds? _tools;
    private PromptRequests _prompts = null!;
    private PromptTemplate? _template;

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
    [ArgumentCompleter(typeof(MessageCompleter))]
    public object?[]? Message { get; set; }

    /// <summary>The session to go on with: what was said in it goes along, and what is said now becomes part of it.</summary>
    [Parameter(ParameterSetName = PromptSet)]
    [ValidateNotNull]
    [ChatSessionArgument]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public ApiChatSession? Session { get; set; }

    /// <summary>The name of a variable, without $, that is set to a new session, which begins with this call.</summary>
    [Parameter(ParameterSetName = PromptSet)]
    [ValidateNotNullOrEmpty]
    [Alias("SV")]
    public string? SessionVariable { get; set; }

    /// <summary>Whole requests: hashtables, objects or JSON texts. The other parameters replace their own.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RequestSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? Request { get; set; }

    /// <summary>Files of requests, one JSON object a line (JSONL); wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JsonLinesFileCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Files of requests, one JSON object a line (JSONL), their names taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JsonLinesFileCompleter))]
    public string[] LiteralPath { get; set; } = [];

    private bool HasPrompt => MyInvocation.BoundParameters.ContainsKey(nameof(Prompt));

    private bool HasInput => MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            ReadSchema();
            ReadAttachments();
            _parameters = ReadTools(ReadParameters(Streams), out _tools);
            _conversation = ChatConversation.Open(this);
            _journal = Journal is null || this.IsWhatIf() ? null : OpenJournal(Journal);
            _job = new ChatJob(this, Pump, ReadOptions());
            _prompts = new PromptRequests(_parameters with { Model = Model ?? _conversation?.Model ?? Service.Model }, System, Message, _conversation);
        }
        catch (ApiException exception)
        {
            ThrowFailure(exception, null);
        }
        PromptTemplate? template = HasPrompt ? PromptTemplate.Parse(Prompt ?? string.Empty) : null;
        _template = template is { HasPlaceholders: true } || _attachments.HasPlaceholders ? template : null;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case RequestSet:
                SendRequests(Request ?? [null]);
                break;
            case PathSet:
                SendFiles(Path, path => FilePaths.Resolve(SessionState, path));
                break;
            case LiteralPathSet:
                SendFiles(LiteralPath, path => [FilePaths.Full(SessionState, path)]);
                break;
            default:
                SendInput();
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
        _job.Complete();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _journal?.Dispose();
            _conversation?.Abandon();
        }
    }

    private JobJournal OpenJournal(string path)
    {
        JobDescription job = ChatJobDescription.Create(_parameters with { Model = Model ?? Service.Model }, HasPrompt ? Prompt : null, System, Message, AnswerSchema, _attachments.Fixed);
        string file = FilePaths.Full(SessionState, path);
        JobJournal journal = RunOrThrow(token => JobJournal.OpenAsync(file, job, TimeProvider.System, token), path);
        if (journal.HealedBytes > 0)
        {
            WriteWarning($"The last line of '{path}' was torn ({journal.HealedBytes} bytes) and is taken out: its input is sent again.");
        }
        if (journal.StartsNewJob)
        {
            WriteWarning($"'{path}' is the journal of another job ({string.Join(", ", journal.Changes)}), and this is a new one: its inputs are sent, but for those that an earlier job asked in the same way.");
        }
        WriteVerbose($"'{path}' has {journal.Answered} answered inputs and {journal.Failed} failed ones.");
        return journal;
    }

    private ChatJobOptions ReadOptions() => new()
    {
        Connection = Service,
        Call = new ChatCall
        {
            Body = [],
            Retry = ReadRetry(),
            Limits = ReadLimits(),
            FallbackModels = FallbackModel,
            ThrottleLimit = _conversation is null && _tools is null ? Concurrency : 1,
            MaxTokensIsOurs = MaxTokens is not null,
            FitsContext = FitContext is not null,
            Schema = AnswerSchema,
            RestartStream = RestartStream,
            Headers = ReadHeaders(),
        },
        RetriesInvalid = RetryInvalid,
        Ordered = !Unordered,
        Journal = _journal,
        JournalName = Journal,
        KeyProperty = KeyProperty,
        Drain = TimeSpan.FromSeconds(DrainSec),
        ShowsText = ShowsText,
        WantsVerbose = WantsVerbose,
        WantsDebug = WantsDebug,
        AsChunk = AsChunk,
        Approve = this.MayAsk() ? Approve : null,
        SkipsValidation = SkipRequestValidation,
        FitContext = FitContext,
        Conversation = _conversation,
        Tools = _tools,
        Given = RequestProperties.Given(MyInvocation.BoundParameters.Keys, Property),
    };

    // The request is there, checked, and not bought yet.
    private bool Approve(ChatCall call)
    {
        string request = VisibleText.Block(BoundedText.Cut(Encoding.UTF8.GetString(call.Body), MaximumShown));
        string where = Service.BaseUri.Authority;
        return ShouldProcess($"Send to {where}: {request}", $"Send this to {where}? {request}", "Invoke-ApiChat");
    }

    // DESIGN, "What flows in": each case of its table is one of these.
    private void SendInput()
    {
        object? input = Bare.Of(InputObject) is object plain and (string or ChatCompletion or RepairedRequest) ? plain : DeserializedRequest.Read(InputObject) ?? InputObject;
        if (!HasInput)
        {
            _job.Send(new ChatInput(Prompt, () => _prompts.Make(HasPrompt ? Prompt ?? string.Empty : null, AttachmentsOf(null))));
        }
        else if (_template is not null)
        {
            _job.Send(new ChatInput(input, () => _prompts.Make(_template.Fill(input), AttachmentsOf(input))));
        }
        else if (HasPrompt)
        {
            _wholeInput.Add(input);
        }
        else if (input is null or string or ChatCompletion || Deserialized.Of<ChatCompletion>(input) is not null)
        {
            _job.Send(new ChatInput(input, () => _prompts.Make(input?.ToString() ?? string.Empty, AttachmentsOf(input))));
        }
        else if (input is RepairedRequest && _conversation is null)
        {
            _job.Send(WholeRequest(input));
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
        _job.Send(new ChatInput(
            _wholeInput.Count == 1 ? _wholeInput[0] : _wholeInput.ToArray(),
            () => _prompts.Make($"{Prompt}\n\n{HostText.Of(_wholeInput, InvokeCommand)}", AttachmentsOf(null))));
    }

    private void SendRequests(object?[] requests)
    {
        _job.Total = requests.Length;
        foreach (object? request in requests)
        {
            _job.Send(WholeRequest(request));
        }
    }

    private void SendFiles(string[] paths, Func<string, IReadOnlyList<string>> resolve)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            WriteFileFailures(path, () => files.AddRange(resolve(path)));
        }
        for (int i = 0; i < files.Count; i++)
        {
            // All files weigh the same: how long each is, is not asked before it is read.
            int before = i;
            WriteFileFailures(files[before], () => SendFile(files[before], read => _job.Read = (before + read) / files.Count));
        }
    }

    private void WriteFileFailures(string path, Action action)
    {
        try
        {
            action();
        }
        catch (ApiException exception) when (exception is ApiFileException)
        {
            WriteFailure(exception, path);
        }
    }

    private void SendFile(string file, Action<double> tellRead)
    {
        string name = FilePaths.Shorten(SessionState, file);
        if (file == _journal?.Path)
        {
            WriteWarning($"'{name}' is this command's own journal, and no file of requests: it is left out.");
            return;
        }
        using RequestLines lines = new(file);
        while (Pump.Await(lines.ReadAsync) is IReadOnlyList<RequestLine> next)
        {
            if (lines.Fraction is double read)
            {
                tellRead(read);
            }
            foreach (RequestLine line in next)
            {
                SendLine(name, line);
            }
        }
    }

    private void SendLine(string file, RequestLine line)
    {
        // A request is kept until it is answered; the line's bytes are not.
        byte[] json = WithoutMark(line.Json.ToArray());
        object target = FileLine.Create(json, file, line.Number);
        ChatInput input = line.IsTooLong ? new ChatInput(target, () => throw TooLong(line)) : OfLine(target, json);
        _job.Send(input with { Place = $"{file}({line.Number})" });
    }

    private static ApiException TooLong(RequestLine line)
    {
        RequestReport report = RequestValidator.Validate(line, new RequestCheckOptions { HasPositions = false });
        return RequestFailure.Create(report.Findings[0], report, null);
    }

    // JSON text may be a line of the Batch API, such as the target of an error that a file's line met.
    private ChatInput WholeRequest(object? request)
    {
        object? value = Whole.Of(request);
        if (value is RepairedRequest repaired)
        {
            // Of a saved HTTP request the body; a line of a batch is one here too.
            return OfLine(request, HttpFrame.Find(Utf8Text.SkipMark(repaired.Utf8Json)) is null ? repaired.Utf8Json : repaired.Body);
        }
        if (value is not string text)
        {
            return new ChatInput(request, () => WithParameters(PSObjectJson.ToUtf8(request)));
        }
        try
        {
            ChatRequestWriter.CheckText(text, "the request");
        }
        catch (ApiRequestException exception)
        {
            return new ChatInput(request, () => throw exception);
        }
        return OfLine(request, WithoutMark(Encoding.UTF8.GetBytes(text)));
    }

    private ChatInput OfLine(object? target, byte[] json)
    {
        try
        {
            BatchLine line = BatchLine.Read(json);
            return new ChatInput(target, () => WithParameters(line.Request)) { CustomId = line.CustomId };
        }
        catch (ApiRequestException exception)
        {
            return new ChatInput(target, () => throw exception);
        }
    }

    // A byte order mark is no part of a file's JSON (RFC 8259, 8.1), and services refuse it. Windows PowerShell writes one.
    private static byte[] WithoutMark(byte[] json) => json.AsSpan().StartsWith(Utf8Text.ByteOrderMark) ? Utf8Text.SkipMark(json).ToArray() : json;

    private byte[] WithParameters(byte[] request)
    {
        try
        {
            return ChatRequestWriter.Override(request, _parameters, Service.Model);
        }
        catch (JsonException)
        {
            // The check says where the fault is.
            return request;
        }
    }
}
