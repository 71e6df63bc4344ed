namespace ApiTools;

/// <summary>One error code: what it means, what the API's page says to do, and a command that does it.</summary>
public class ErrorCodeInfo
{
    private protected ErrorCodeInfo(ErrorCodeInfo other, string code, int? status, string category, Type exceptionType, RetryAdvice retry, string nextCommand)
        : this(code, status, category, other.Description, other.Solution, retry, exceptionType, nextCommand) =>
        IsDocumented = other.IsDocumented;

    internal ErrorCodeInfo(
        string code, int? status, string category, string description, string solution, RetryAdvice retry, Type exceptionType, string nextCommand)
    {
        Code = code;
        Status = status;
        Category = category;
        Description = description;
        Solution = solution;
        Retry = retry;
        ExceptionClass = exceptionType;
        NextCommand = nextCommand;
    }

    /// <summary>The API's code, such as <c>rate_limit_exceeded</c>; an error id starts with it.</summary>
    public string Code { get; }

    /// <summary>The HTTP status that carries the code; null for what happens on this side of the connection.</summary>
    public int? Status { get; }

    /// <summary>The name of PowerShell's <c>ErrorCategory</c> for it.</summary>
    public string Category { get; }

    /// <summary>What it means; the page's own words for a documented code.</summary>
    public string Description { get; }

    /// <summary>What to do; the page's own words for a documented code.</summary>
    public string Solution { get; }

    /// <summary>Whether trying again can help.</summary>
    public RetryAdvice Retry { get; }

    /// <summary>The class to catch, such as <c>ApiTools.ApiLimitException</c>.</summary>
    /// <remarks>Its name: written as JSON, the class itself is a hundred megabytes of .NET's own metadata.</remarks>
    public string ExceptionType => ExceptionClass.FullName!;

    /// <summary>The class to catch.</summary>
    internal Type ExceptionClass { get; }

    /// <summary>A command to paste after the error, which works as it stands or asks for what it needs.</summary>
    public string NextCommand { get; }

    /// <summary>True for the twelve codes of the API's page, false for what ApiTools adds: statuses without a code, failures of this side.</summary>
    public bool IsDocumented { get; internal init; }

    /// <summary>The code.</summary>
    public override string ToString() => Code;
}
