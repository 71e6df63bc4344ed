using System.Management.Automation;
using System.Text;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>
/// Makes a failure of this module whole again that was written with Export-Clixml, or comes from a job or another machine: there it was an exception of
/// its own class, here it has that class's name and properties.
/// </summary>
internal static class DeserializedFailure
{
    // An error in an error in an error: PowerShell wraps a few times, and a file may say anything.
    private const int MaximumDepth = 8;

    /// <summary>The failure; null where the object is none, or one that is whole.</summary>
    /// <param name="value">The object as it came in: an error record, an exception, what Resolve-ApiError gave.</param>
    public static ApiException? Read(object? value) => Read(value, MaximumDepth);

    private static ApiException? Read(object? value, int depth)
    {
        object? plain = value is PSObject wrapper ? wrapper.BaseObject : value;
        return depth == 0 ? null : plain switch
        {
            // A job's errors arrive as records whose exception holds what is left of the one that was thrown.
            ErrorRecord record => Read(record.Exception, depth - 1),
            RemoteException remote => Read(remote.SerializedRemoteException, depth - 1),
            PSCustomObject => FromProperties(value, depth - 1),
            _ => null,
        };
    }

    private static ApiException? FromProperties(object? value, int depth)
    {
        if (Deserialized.Of<ApiException>(value) is PSObject failure)
        {
            return Make(failure, depth);
        }
        if ((Deserialized.Of<ErrorRecord>(value) ?? Deserialized.Of<ResolvedApiError>(value)) is PSObject record)
        {
            return Read(record.Property("Exception"), depth);
        }
        return Deserialized.Of<Exception>(value) is PSObject other ? Read(other.Property("InnerException"), depth) : null;
    }

    private static ApiException? Make(PSObject value, int depth)
    {
        // It becomes part of an error id, and came from a file or a wire.
        if (value.Text("Code") is not string given || ServiceCodes.Reduce(given) is not string code || value.Text("Message") is not string message)
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
            RetryAfter = value.Value<TimeSpan>("RetryAfter"),
            RawBody = value.Text("RawBody"),
            NextCommand = value.Text("NextCommand"),
            Limit = Limit(value.Property("Limit") as PSObject),
            Context = Context(value.Property("ContextLength") as PSObject),
        });
        exception.RetryAt = value.Value<DateTimeOffset>("RetryAt");
        exception.PartialContent = value.Text("PartialContent");
        exception.Schema = value.Text("Schema");
        exception.FromJournal = value.Value<bool>("FromJournal") is true;
        exception.RequestBody = value.Text("Request") is string request ? Encoding.UTF8.GetBytes(request) : null;
        exception.AttemptHistory = [.. value.Items("AttemptHistory").OfType<PSObject>().Select(Attempt).OfType<ApiAttempt>()];
        exception.FirstError = Read(value.Property("FirstError"), depth);
        return exception;
    }

    private static ApiAttempt? Attempt(PSObject value) => Deserialized.Of<ApiAttempt>(value) is null ? null : new(
        (int)(value.Number("Number") ?? 0),
        value.Text("Model"),
        (int?)value.Number("Status"),
        value.Text("Code"),
        value.Value<TimeSpan>("Duration") ?? TimeSpan.Zero,
        value.Value<TimeSpan>("Wait"),
        value.Text("Reason") ?? string.Empty);

    private static ApiLimitDetail? Limit(PSObject? value) => Deserialized.Of<ApiLimitDetail>(value) is null ? null : new()
    {
        Kind = value!.Text("Kind"),
        Window = value!.Value<TimeSpan>("Window"),
        Limit = value!.Number("Limit"),
        Used = value!.Number("Used"),
        Requested = value!.Number("Requested"),
        Reset = value!.Value<TimeSpan>("Reset"),
    };

    private static ContextLength? Context(PSObject? value) => Deserialized.Of<ContextLength>(value) is null ? null : new(
        (int?)value!.Number("Maximum"), (int?)value!.Number("Requested"), (int?)value!.Number("Messages"), (int?)value!.Number("Completion"));
}
