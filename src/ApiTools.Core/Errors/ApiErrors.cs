using ApiTools.Text;

namespace ApiTools.Errors;

/// <summary>The failures of this side of the connection, one named factory each: what is wrong, where, and what to do.</summary>
internal static class ApiErrors
{
    private const int MaximumMessage = 4_096;

    // As much as is kept of any body.
    private const int MaximumAnswer = 32_768;

    /// <summary>A value that a person gave cannot be used; <paramref name="param"/> names it.</summary>
    public static ApiException InvalidValue(string param, string message, string? nextCommand = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "invalid_value", Param = param, Message = Shown(message), NextCommand = nextCommand });

    /// <summary>Something that is needed was not given; <paramref name="param"/> names it.</summary>
    public static ApiException MissingField(string param, string message, string? nextCommand = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "missing_required_field", Param = param, Message = Shown(message), NextCommand = nextCommand });

    public static ApiException FileNotFound(string path) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "file_not_found", Message = Shown($"There is no file '{path}'.") });

    public static ApiException FileUnreadable(string path, string why, Exception? cause = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "file_unreadable", Message = Shown($"The file '{path}' cannot be read: {why}") }, cause);

    /// <summary>A file that is to be repaired cannot be replaced; it stays as it is.</summary>
    public static ApiException FileUnwritable(string path, string why, Exception? cause = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "file_unwritable", Message = Shown($"The file '{path}' stays as it is: {why}") }, cause);

    /// <summary>A file was written to by somebody else while it was repaired; it stays as that one left it.</summary>
    public static ApiException FileChanged(string path) =>
        ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "file_changed",
            Message = Shown($"The file '{path}' was changed while it was repaired, and stays as it is now."),
            NextCommand = $"Repair-ApiRequest -LiteralPath {PowerShellText.Quote(path)} -InPlace",
        });

    /// <summary>A file cannot be written; what was there before, if anything, is there still.</summary>
    public static ApiException FileNotWritten(string path, string why, Exception? cause = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "file_unwritable", Message = Shown($"The file '{path}' cannot be written: {why}") }, cause);

    /// <summary>A file that is to be made is there already.</summary>
    public static ApiException FileExists(string path) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "file_exists", Message = Shown($"The file '{path}' exists already.") });

    /// <summary>A session file is damaged at a place, counted from 1.</summary>
    public static ApiException SessionDamaged(string path, int line, int column, string why, object? report)
    {
        ApiException exception = ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "session_damaged",
            Message = Shown(FormattableString.Invariant($"The session '{path}' is damaged in line {line}, column {column}: {why}")),
            NextCommand = $"Test-ApiRequest -LiteralPath {PowerShellText.Quote(path)}",
        });
        exception.Report = report;
        return exception;
    }

    public static ApiException NotASession(string path, string why) =>
        ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "not_a_session",
            Message = Shown($"The file '{path}' is no session: {why}"),
            NextCommand = $"Get-Content -LiteralPath {PowerShellText.Quote(path)} -TotalCount 10",
        });

    /// <summary>A session is asked for a second call, or for a change, while a call over it is under way.</summary>
    public static ApiException SessionInUse() =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "session_in_use", Message = "The session is in use: a call over it is under way, and a session takes one at a time." });

    /// <summary>A request cannot be made to fit its model's context window in the way asked for.</summary>
    /// <param name="message">By how many tokens it is over.</param>
    /// <param name="report">What the check of it found.</param>
    /// <param name="request">The request, UTF-8 JSON.</param>
    public static ApiException ContextLengthExceeded(string message, object? report, byte[] request)
    {
        ApiException exception = ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "context_length_exceeded",
            Param = "messages",
            Message = Shown(message),
            NextCommand = "$Error[0] | Measure-ApiTokens",
        });
        exception.Report = report;
        exception.RequestBody = request;
        return exception;
    }

    /// <summary>A JSON Patch cannot be read, or does not fit the text that it is for.</summary>
    public static ApiException PatchInvalid(string why) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "invalid_value", Param = "patch", Message = Shown($"The patch cannot be applied: {why}") });

    /// <summary>A line of a journal, counted from 1, is not what a journal has there.</summary>
    public static ApiException JournalDamaged(string path, int line, string why) =>
        ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "journal_damaged",
            Message = Shown(FormattableString.Invariant($"Line {line} of the journal '{path}' is damaged: {why}")),
            NextCommand = FormattableString.Invariant($"Get-Content -LiteralPath {PowerShellText.Quote(path)} | Select-Object -Index {line - 1}"),
        });

    /// <summary>Another command has the journal open; <paramref name="holder"/> says which, as far as it is known.</summary>
    public static ApiException JournalInUse(string path, string holder) =>
        ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "journal_in_use",
            Message = Shown($"The journal '{path}' is in use: {holder} writes to it."),
            NextCommand = $"Get-ApiJournal -LiteralPath {PowerShellText.Quote(path)} -Summary",
        });

    public static ApiException JournalUnwritable(string path, string why, Exception? cause = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "journal_unwritable", Message = Shown($"The journal '{path}' cannot be written: {why}") }, cause);

    /// <summary>The journal could not take an answer that had come; an error of this input's own.</summary>
    public static ApiException AnswerUnrecorded(ApiException unwritable) => Unrecorded(unwritable, "The answer that had come for this input is in this error's PartialContent.");

    /// <summary>The journal could not take an input's failure; an error of this input's own.</summary>
    public static ApiException FailureUnrecorded(ApiException unwritable) => Unrecorded(unwritable, "This input had failed; how is in this error's FirstError.");

    public static ApiException NotAJournal(string path, string why) =>
        ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "not_a_journal",
            Message = Shown($"The file '{path}' is no journal: {why}"),
            NextCommand = $"Get-ChildItem -LiteralPath {PowerShellText.Quote(path)}",
        });

    /// <summary>A log cannot be written; known before any call was made.</summary>
    public static ApiException LogUnwritable(string path, string why, Exception? cause = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "log_unwritable", Message = Shown($"The log '{path}' cannot be written: {why}") }, cause);

    public static ApiException NotALog(string path, string why) =>
        ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "not_a_log",
            Message = Shown($"The file '{path}' is no log of ApiTools: {why}"),
            NextCommand = $"Get-ChildItem -LiteralPath {PowerShellText.Quote(path)}",
        });

    /// <summary>What was given for a schema is none, or has what no service takes; <paramref name="fault"/> begins with the place.</summary>
    public static ApiException SchemaInvalid(string fault) =>
        ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "invalid_value",
            Param = "Schema",
            Message = Shown($"The schema cannot be used: {fault}."),
            NextCommand = "Get-Help Invoke-ApiChat -Parameter Schema",
        });

    /// <summary>What was given to go along with a prompt cannot.</summary>
    public static ApiException AttachmentInvalid(string message) => InvalidValue("Attachment", message, "Get-Help Invoke-ApiChat -Parameter Attachment");

    public static ApiException NoConnection(string message, string nextCommand) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "no_connection", Message = Shown(message), NextCommand = nextCommand });

    /// <summary>The service was not reached, or the connection broke.</summary>
    /// <param name="message">What happened, at which host.</param>
    /// <param name="canPass">Whether trying again can help.</param>
    /// <param name="cause">The exception below.</param>
    public static ApiException ConnectionFailed(string message, bool canPass, Exception? cause = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "connection_failed", Message = message, WaitIsOfNoUse = !canPass }, cause);

    public static ApiException TimedOut(string message, Exception? cause = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "timeout", Message = message }, cause);

    /// <summary>The service fell silent in the middle of its answer.</summary>
    public static ApiException Stalled(string message) => ApiExceptionFactory.Create(new ApiFailure
    {
        Code = "timeout",
        Message = message,
        NextCommand = "Invoke-ApiChat -Request $Error[0].Exception.Request -OperationTimeoutSec 300",
    });

    /// <summary>The time for all tries of a call is over; trying again is what it ends.</summary>
    /// <param name="allTries">How long it was.</param>
    /// <param name="when">What was going on: <c>before 'host' had begun to answer</c>.</param>
    public static ApiException OutOfTime(TimeSpan allTries, string when) =>
        ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "timeout",
            Message = FormattableString.Invariant($"The {allTries.TotalSeconds:0.###} s for all tries together (-MaximumTimeSec) were over {when}."),
            WaitIsOfNoUse = true,
            NextCommand = FormattableString.Invariant($"{ApiErrorCatalog.SendAgain} -MaximumTimeSec {Math.Ceiling(allTries.TotalSeconds * 2)}"),
        });

    /// <summary>A request is not sent, because an earlier call met a limit and the wait that the service asked for is longer than this call may wait.</summary>
    /// <param name="cause">What the earlier call met.</param>
    /// <param name="left">What is left of the wait.</param>
    /// <param name="until">The same as a point in time, local.</param>
    public static ApiException HeldBack(ApiException cause, TimeSpan left, DateTimeOffset until) =>
        ApiExceptionFactory.Create(new ApiFailure
        {
            Code = cause.Code,
            Message = FormattableString.Invariant(
                $"Not sent: an earlier call over this connection was told to wait until {until:yyyy-MM-dd HH:mm:ss}, longer than this one may wait. It was told: {cause.Message}"),
            RetryAfter = left,
        });

    /// <summary>An answer's headers say that nothing is left of a limit.</summary>
    /// <param name="model">Whose limit it is; null where no model was named.</param>
    /// <param name="reset">When something will be left again.</param>
    public static ApiException LimitSpent(string? model, TimeSpan reset) =>
        ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "rate_limit_exceeded",
            Message = FormattableString.Invariant($"The limit{(model is null ? string.Empty : $" of '{VisibleText.Line(model)}'")} is used up for {reset.TotalSeconds:0.###} s, as an answer's headers say."),
            RetryAfter = reset,
        });

    public static ApiException InvalidResponse(string message, string? rawBody = null, Exception? cause = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "invalid_response", Message = message, RawBody = rawBody }, cause);

    public static ApiException StreamInterrupted(string message, Exception? cause = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "stream_interrupted", Message = message }, cause);

    public static ApiException ResponseTooLarge(string host, long maximumBytes) =>
        ApiExceptionFactory.Create(
            new ApiFailure { Code = "response_too_large", Message = $"The answer of '{host}' is larger than {maximumBytes / (1024 * 1024)} MB, the most that is read." });

    /// <summary>A whole answer came, and is not what its schema says.</summary>
    /// <param name="place">Where in the answer.</param>
    /// <param name="mismatch">Where, and in what.</param>
    /// <param name="content">The answer's text.</param>
    public static ApiResponseException SchemaMismatch(string place, string mismatch, string content)
    {
        ApiResponseException exception = Answer("schema_mismatch", $"The answer does not match the schema: {mismatch}.", content, place);
        exception.Mismatch = mismatch;
        return exception;
    }

    /// <summary>An answer that was to match a schema ended before it was whole.</summary>
    public static ApiResponseException AnswerCut(string content) =>
        Answer("answer_cut", "The answer was cut off before its JSON was whole: it reached max_tokens or the end of the context window (finish reason 'length').", content, null);

    /// <summary>There is no answer that could match a schema, because the model or a filter would not give it.</summary>
    public static ApiResponseException AnswerRefused(string why, string content) => Answer("answer_refused", why, content, null);

    /// <summary>An event of a stream is larger than is read: what is at the other end does not stream chat.</summary>
    public static ApiException EventTooLarge(int maximumLength) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "invalid_response", Message = $"An event of the stream is larger than the {maximumLength} bytes that ApiTools reads." });

    /// <summary>A tool that a model calls was not run, because nobody could be asked.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cause">What the host said.</param>
    public static ApiException ToolNotConfirmed(string call, Exception cause) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "tool_not_confirmed", Message = Shown($"The model calls {call}, and this host cannot ask whether to run it: it was not run.") }, cause);

    public static ApiException SimulatorRunning(Uri baseUri) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "simulator_running", Message = $"A simulator runs already in this process, at {baseUri}." });

    public static ApiException SimulatorNotRunning() =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "simulator_not_running", Message = "No simulator runs in this process." });

    /// <summary>The simulator cannot listen on a port; <paramref name="cause"/> is what the system says.</summary>
    public static ApiException PortInUse(int port, Exception cause) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "port_in_use", Message = FormattableString.Invariant($"The simulator cannot listen on port {port}: {cause.Message}") }, cause);

    private static ApiResponseException Answer(string code, string message, string content, string? place) =>
        (ApiResponseException)ApiExceptionFactory.Create(new ApiFailure { Code = code, Message = Shown(message), Param = place, RawBody = BoundedText.Cut(Redactor.Redact(content), MaximumAnswer) });

    private static ApiException Unrecorded(ApiException unwritable, string what)
    {
        string why = unwritable.Message.TrimEnd('.');
        return ApiExceptionFactory.Create(new ApiFailure { Code = unwritable.Code, Message = Shown($"{why}. {what}") }, unwritable.InnerException);
    }

    // What a person typed may be a key in the wrong place, 50 MB long, or a control sequence.
    private static string Shown(string message) => VisibleText.Block(Redactor.Redact(BoundedText.Cut(message, MaximumMessage)));
}
