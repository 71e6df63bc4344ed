using System.Management.Automation;
using ApiTools.Batch;
using ApiTools.Chat;
using ApiTools.Repair;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>
/// Sends a command's inputs, some at once, and writes what becomes of each. What concerns one input is its own error; what would meet every
/// further one ends the command, after what is finished is written.
/// </summary>
/// <remarks>For the pipeline thread.</remarks>
internal sealed class ChatJob(ApiCmdlet command, PipelinePump pump, ChatJobOptions options)
{
    // A gateway uses 403 for one flagged prompt too, and one connection may break; this many of a kind in a row mean the key, or the service.
    private const int MaximumInARow = 10;

    private readonly ChatSender _sender = new(command, pump, options);
    private readonly CallWindow<ChatInput, ChatAnswer> _calls = new(pump, options.Call.ThrottleLimit, options.Ordered, oneByOne: options.Conversation is not null);
    private readonly JobDisplay _display = new(command, TimeProvider.System);
    private readonly HashSet<string> _warned = [];
    private string? _lastCode;
    private int _inARow;
    private long _inputs;
    private ApiException? _wrongParameter;
    private bool _hasKeys;

    /// <summary>How many inputs there are in all; null where that is not known.</summary>
    public long? Total
    {
        set => _display.Progress.Total = value;
    }

    /// <summary>The share of the input that has been read, 0 to 1, where only that is known.</summary>
    public double? Read
    {
        set => _display.Progress.Read = value;
    }

    /// <summary>Sends an input as soon as there is room, and writes what has finished meanwhile.</summary>
    public void Send(ChatInput input)
    {
        _display.IsJob = ++_inputs > 1;
        if (_wrongParameter is not null)
        {
            EndWith(_wrongParameter, input);
        }
        WaitForRoom();
        Begin(input);
        pump.WritePosted();
        FinishEnded();
    }

    /// <summary>Waits for all calls, and writes what becomes of them.</summary>
    public void Complete()
    {
        while (_calls.Count > 0)
        {
            _calls.WaitForNext();
            FinishEnded();
        }
        _display.End();
        command.FinishLog(options.Connection);
    }

    private void Begin(ChatInput input)
    {
        try
        {
            byte[] request = MakeRequest(input);
            ContextFitResult? fit = _sender.Fit(request);
            ChatCall call = MakeCall(input.Target, fit?.Request ?? request, fit);
            // By what came in: an input stays the same one, however much of it is sent.
            JournalInput? entry = Identify(input, request);
            if (entry is not null && options.Journal!.Find(entry) is JournalMatch match && !IsOvercome(match, fit))
            {
                Answer(input, call, match);
                return;
            }
            if (options.Journal?.Failure is ApiException unwritable)
            {
                // Nothing is bought that cannot be recorded.
                EndWith(unwritable, input);
            }
            if (options.Approve?.Invoke(call) == false)
            {
                options.Conversation?.Abandon();
                return;
            }
            if (fit is not null)
            {
                _sender.Fitting!.Tell(fit, call.Model, input.Place);
            }
            CmdletObserver observer = new(pump, command, _display, options);
            _calls.Begin(input, token => _sender.SendAsync(call, entry, input.Place, observer, Renew, token));
        }
        catch (ApiException exception)
        {
            options.Conversation?.Abandon();
            _calls.Add(input, Task.FromException<ChatAnswer>(exception));
        }
    }

    // A request that was too long, and is sent shorter now: at once, or as soon as the service has said its numbers again. One that cannot be
    // made to fit does not come so far.
    private static bool IsOvercome(JournalMatch match, ContextFitResult? fit) => match.Failure?.Code == ContextFit.Code && fit is not null;

    private byte[] MakeRequest(ChatInput input)
    {
        byte[] request = input.MakeRequest();
        return options.Call.Schema is { IsTold: true } schema ? SchemaMessages.Tell(request, schema) : request;
    }

    // The next request of a conversation with tools.
    private ChatCall Renew(ChatCall last, byte[] body, string? place)
    {
        ContextFitResult? fit = _sender.Fit(body);
        ChatCall call = MakeCall(last.Input, fit?.Request ?? body, fit);
        if (fit is not null)
        {
            _sender.Fitting!.Tell(fit, call.Model, place);
        }
        return call;
    }

    private ChatCall MakeCall(object? input, byte[] body, ContextFitResult? fit)
    {
        ChatCall call = options.Call with { Body = body, Model = ChatRequestReader.Model(body), Input = input };
        try
        {
            if (Examine(body, fit) is RequestReport report)
            {
                Report(report);
            }
        }
        catch (ApiException exception)
        {
            // It ends at once: no observer of this command is asked to wait, and a log that hangs is not waited for.
            _ = _sender.Client.RefuseAsync(call, new CmdletObserver(pump, command, _display, options), exception);
            _wrongParameter = exception.Param is string param && options.Given.Contains(param) ? exception : _wrongParameter;
            throw;
        }
        return call;
    }

    private RequestReport? Examine(byte[] body, ContextFitResult? fit)
    {
        RequestReport? report = null;
        try
        {
            report = options.SkipsValidation ? null : Preflight.Check(body, options.Connection);
        }
        catch (ApiRequestException exception) when (exception.Code == ContextFit.Code && fit is not null)
        {
            // What was tried in vain says more.
            ChatFit.ThrowIfTooLong(fit, exception.Report as RequestReport);
            throw;
        }
        if (fit is not null)
        {
            ChatFit.ThrowIfTooLong(fit, report);
        }
        return report;
    }

    private JournalInput? Identify(ChatInput input, byte[] request)
    {
        string? key = options.KeyProperty is string property ? ReadKey(input, property) : null;
        input.CustomId ??= key;
        return options.Journal is not JobJournal journal ? null
            : key is null ? journal.Identify(request, input.CustomId)
            : journal.IdentifyByKey(key, request);
    }

    private string ReadKey(ChatInput input, string property)
    {
        try
        {
            string key = InputKey.Read(input.Target, property);
            _hasKeys = true;
            return key;
        }
        catch (ApiException exception) when (!_hasKeys)
        {
            // Where neither the first input nor the second has it, it is misspelt.
            if (_inputs > 1)
            {
                EndWith(exception, input);
            }
            throw;
        }
    }

    private void Answer(ChatInput input, ChatCall call, JournalMatch match)
    {
        if (match.Completion is not ChatCompletion completion)
        {
            // A journal holds no requests; what the error's next command reads is this one.
            match.Failure!.RequestBody = call.Body;
            match.Failure.FromJournal = true;
            throw match.Failure;
        }
        if (match.IsOtherRequest && _warned.Add(nameof(match.IsOtherRequest)))
        {
            command.WriteWarning(
                $"The input with the key '{VisibleText.Line(completion.CustomId ?? string.Empty)}' is another than the one that was answered under it; the journal's answer is written all the same. To ask again, use another journal.");
        }
        if (call.Schema is AnswerSchema schema && StructuredAnswer.Check(completion, schema, TimeProvider.System) is ApiException invalid)
        {
            throw invalid;
        }
        completion.Input = input.Target;
        _calls.Add(input, Task.FromResult(new ChatAnswer(completion, null)));
    }

    private void WaitForRoom()
    {
        while (_calls.IsFull)
        {
            _calls.WaitForRoom();
            FinishEnded();
        }
    }

    private void FinishEnded()
    {
        while (_calls.TryTake(out (ChatInput Input, Task<ChatAnswer> Task) ended))
        {
            Finish(ended.Input, ended.Task);
        }
        _display.Update();
    }

    private void Finish(ChatInput input, Task<ChatAnswer> task)
    {
        ChatAnswer answer;
        try
        {
            answer = task.GetAwaiter().GetResult();
        }
        catch (ApiException exception)
        {
            options.Conversation?.Abandon();
            Fail(input, exception);
            return;
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        _lastCode = null;
        WriteAnswer(input, answer);
    }

    private void WriteAnswer(ChatInput input, ChatAnswer answer)
    {
        ChatCompletion completion = answer.Completion;
        completion.CustomId ??= input.CustomId;
        ParsedAnswer.Set(completion);
        _display.Progress.Succeed(completion);
        options.Conversation?.Keep(completion);
        answer.Observer?.EndText();
        WarnOfCut(completion);
        if (options.AsChunk)
        {
            WriteChunks(answer);
            return;
        }
        PSObject output = PSObject.AsPSObject(completion);
        if (answer.Observer is { TextWasShown: true })
        {
            // Its view is a footer: the text stands above.
            output.TypeNames.Insert(0, "ApiTools.ChatCompletion#Shown");
        }
        command.Write(output);
    }

    // Chunks were written as they came, but for those of an answer that the journal had.
    private void WriteChunks(ChatAnswer answer)
    {
        if (answer.Observer is null)
        {
            foreach (ChatCompletionChunk chunk in CompletionChunks.Of(answer.Completion))
            {
                command.Write(chunk);
            }
        }
    }

    private void WarnOfCut(ChatCompletion completion)
    {
        if (completion.FinishReason is "length")
        {
            command.WriteWarning("The answer was cut off: it reached max_tokens or the end of the context window (finish reason 'length').");
        }
        else if (completion.FinishReason is "content_filter")
        {
            command.WriteWarning("The answer was cut off by the service's content filter (finish reason 'content_filter').");
        }
    }

    // Errors were thrown. Of the warnings only a full window is worth a person's eye, and that once; -Verbose and Test-ApiRequest show all.
    private void Report(RequestReport report)
    {
        foreach (Finding finding in report.Findings)
        {
            if (finding.Code == "context_length_exceeded" && _warned.Add(finding.Code))
            {
                command.WriteWarning(finding.Message);
            }
            else
            {
                command.WriteVerbose(finding.ToString());
            }
        }
    }

    private void Fail(ChatInput input, ApiException exception)
    {
        _display.Progress.Fail();
        string? code = exception is ApiPermissionException or ApiConnectionException ? exception.Code : null;
        _inARow = code is not null && code == _lastCode ? _inARow + 1 : 1;
        _lastCode = code;
        if (exception.EndsCommand || (code is not null && _inARow >= MaximumInARow))
        {
            EndWith(exception, input);
        }
        if (command.StopsOnError)
        {
            Drain();
        }
        command.WriteFailure(exception, input.Target, input.Place);
    }

    private void EndWith(ApiException exception, ChatInput input)
    {
        Drain();
        if (options.Journal is JobJournal journal && journal.Failure is null)
        {
            command.WriteWarning($"What is finished is in '{VisibleText.Line(options.JournalName!)}': the same command, run again, goes on from there.");
        }
        command.ThrowFailure(exception, input.Target, input.Place);
    }

    // What was finished is paid for: it is written before an error ends the command.
    private void Drain()
    {
        foreach ((ChatInput input, Task<ChatAnswer> task) in _calls.Drain(options.Drain))
        {
            if (task.Status == TaskStatus.RanToCompletion)
            {
                WriteAnswer(input, task.GetAwaiter().GetResult());
            }
            else if (task.Exception?.InnerException is ApiException exception && !command.StopsOnError)
            {
                _display.Progress.Fail();
                command.WriteFailure(exception, input.Target, input.Place);
            }
        }
        command.FinishLog(options.Connection);
        pump.Stop();
        _display.End();
    }
}
