using System.Management.Automation;
using System.Text;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>Makes an exception of this module of the properties that are left of one.</summary>
internal static class DeserializedException
{
    // A first error has none before it; a file may say anything.
    private const int MaximumDepth = 8;

    /// <summary>The exception, of the class that its code says; null where it has no code or no message.</summary>
    public static ApiException? Read(PSObject value) => Read(value, MaximumDepth);

    private static ApiException? Read(PSObject value, int depth)
    {
        // It becomes part of an error id, and came from a file or a wire.
        if (depth == 0 || value.Text("Code") is not string given || ServiceCodes.Reduce(given) is not string code || value.Text("Message") is not string message)
        {
            return null;
        }
        ApiException exception = ApiExceptionFactory.Create(new ApiFailure
        {
            Code = code,
            Message = message,
            Status = (int?)value.Number("Status"),
            ServiceCode = value.Text("ServiceCode"),
            Type = value.Text("Type"),
            Param = value.Text("Param"),
            RequestId = value.Text("RequestId"),
            RayId = value.Text("RayId"),
            RetryAfter = value.Duration("RetryAfter"),
            RawBody = value.Text("RawBody"),
            NextCommand = value.Text("NextCommand"),
            Limit = Limit(value.Bag("Limit")),
            Context = Context(value.Bag("ContextLength")),
        });
        exception.RetryAt = value.Moment("RetryAt");
        exception.PartialContent = value.Text("PartialContent");
        exception.Schema = value.Text("Schema");
        exception.FromJournal = value.Value<bool>("FromJournal") is true;
        exception.RequestBody = value.Text("Request") is string request ? Encoding.UTF8.GetBytes(request) : null;
        exception.AttemptHistory = [.. value.Items("AttemptHistory").Select(Attempt).OfType<ApiAttempt>()];
        exception.FirstError = value.Bag("FirstError") is PSObject first && FailureRemains.IsOwn(first) ? Read(first, depth - 1) : null;
        return exception;
    }

    private static ApiAttempt? Attempt(object? item) => item is PSObject { BaseObject: PSCustomObject } value && value.Number("Number") is long number
        ? new(
            (int)number,
            value.Text("Model"),
            (int?)value.Number("Status"),
            value.Text("Code"),
            value.Duration("Duration") ?? TimeSpan.Zero,
            value.Duration("Wait"),
            value.Text("Reason") ?? string.Empty)
        : null;

    private static ApiLimitDetail? Limit(PSObject? value) => value is null ? null : new()
    {
        Kind = value.Text("Kind"),
        Window = value.Duration("Window"),
        Limit = value.Number("Limit"),
        Used = value.Number("Used"),
        Requested = value.Number("Requested"),
        Reset = value.Duration("Reset"),
    };

    private static ContextLength? Context(PSObject? value) => value is null ? null : new(
        (int?)value.Number("Maximum"), (int?)value.Number("Requested"), (int?)value.Number("Messages"), (int?)value.Number("Completion"));
}
