using System.Text;
using ApiTools.Errors;
using ApiTools.Text;

namespace ApiTools;

/// <summary>
/// Any failure of a call: refused by the service, lost on the way, or found before sending. Catch this class for all of them, or one
/// of the classes that derive from it for one kind.
/// </summary>
public abstract class ApiException : Exception
{
    private readonly KeptBody? _body;

    private protected ApiException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(VisibleText.Block(failure.Message), innerException)
    {
        Code = failure.Code;
        Status = failure.Status;
        ServiceCode = failure.ServiceCode;
        Type = failure.Type;
        Param = failure.Param;
        RequestId = failure.RequestId;
        RayId = failure.RayId;
        RetryAfter = failure.RetryAfter;
        _body = failure.Body;
        Description = info.Description;
        Solution = info.Solution;
        Category = info.Category;
        RetryByKind = failure.WaitIsOfNoUse ? RetryAdvice.Never : info.Retry;
        Context = failure.Context;
        NextCommand = failure.NextCommand ?? info.NextCommand;
    }

    /// <summary>The error code: documented, the service's own, or <c>http_(status)</c>. See <c>Get-ApiErrorCode</c>.</summary>
    public string Code { get; }

    /// <summary>The HTTP status; null where there was no answer.</summary>
    public int? Status { get; }

    /// <summary>The code as the service wrote it; null where it gave none.</summary>
    public string? ServiceCode { get; }

    /// <summary>The <c>type</c> of the error body.</summary>
    public string? Type { get; }

    /// <summary>The <c>param</c> of the error body: the part of the request that is at fault, such as <c>messages[0].role</c>.</summary>
    public string? Param { get; }

    /// <summary>The service's name for the request, which its support asks for.</summary>
    public string? RequestId { get; }

    /// <summary>Cloudflare's name for the request (<c>CF-RAY</c>), where it stands before the service; null where it gave none.</summary>
    public string? RayId { get; }

    /// <summary>How long the service asks to wait before the next try; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>When to come back, as the service asks; null where it does not say.</summary>
    public DateTimeOffset? RetryAt { get; internal set; }

    /// <summary>The text that had come before a stream broke off; empty where only a tool call or reasoning had, null where nothing had.</summary>
    public string? PartialContent { get; internal set; }

    /// <summary>How many times the request was sent.</summary>
    public int Attempts => AttemptHistory.Count;

    /// <summary>Each try, in order.</summary>
    public IReadOnlyList<ApiAttempt> AttemptHistory { get; internal set => field = ReadableList<ApiAttempt>.Of(value); } = ReadableList<ApiAttempt>.Nothing;

    /// <summary>What the code means; the page's words for a documented code.</summary>
    public string Description { get; }

    /// <summary>What to do; the page's words for a documented code.</summary>
    public string Solution { get; }

    /// <summary>A command to paste next.</summary>
    public string NextCommand { get; internal set; }

    /// <summary>
    /// The body of the answer, at most 32,768 characters, without keys; null where there was none. Its control characters are made visible:
    /// Get-Error shows it as it is.
    /// </summary>
    public string? RawBody => _body is null ? null : VisibleText.Block(_body.Text);

    /// <summary>
    /// The request as it was sent, JSON text; null where the failure came before there was one. It can be sent again:
    /// <c>Invoke-ApiChat -Request $Error[0].Exception.Request</c>.
    /// </summary>
    public string? Request => RequestBody is null ? null : Encoding.UTF8.GetString(RequestBody);

    /// <summary>The JSON Schema that the answer had to match, JSON text; null where it could be anything.</summary>
    public string? Schema { get; internal set; }

    /// <summary>The findings of the check that refused the request before it was sent; null where it was sent.</summary>
    public object? Report { get; internal set; }

    /// <summary>The first failure, where a later try failed in another way or at another model; null otherwise.</summary>
    public ApiException? FirstError { get; internal set; }

    /// <summary>The line of the request that is at fault, and in a second one a <c>^</c> under the place; null where it was not given as text.</summary>
    internal string? Excerpt { get; set; }

    /// <summary>True where nothing was sent now: a journal has it from an earlier run, and the same request would meet it again.</summary>
    public bool FromJournal { get; internal set; }

    /// <summary>The name of PowerShell's ErrorCategory.</summary>
    internal string Category { get; }

    /// <summary>Whether trying again can help.</summary>
    internal RetryAdvice Retry => WouldPayTwice ? RetryAdvice.Never : RetryByKind;

    /// <summary>Whether trying again can help, whatever it costs.</summary>
    internal RetryAdvice RetryByKind { get; }

    /// <summary>The numbers of a context length error; null where the service gave none.</summary>
    internal ContextLength? Context { get; }

    /// <summary>True where trying again would pay again for what has come already: a stream that broke after its first content.</summary>
    internal bool WouldPayTwice => PartialContent is not null;

    /// <summary>The request's bytes, UTF-8 JSON.</summary>
    internal byte[]? RequestBody { get; set; }

    /// <summary>True for what would meet every further input too: a wrong key, a spent quota, no connection, a journal that records no more, nobody who can be asked.</summary>
    internal bool EndsCommand => this is ApiAuthenticationException || Code is "insufficient_quota" or "no_connection" or "journal_unwritable" or "tool_not_confirmed";
}
