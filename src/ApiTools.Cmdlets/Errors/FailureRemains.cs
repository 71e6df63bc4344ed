using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>
/// What is left of an error that another process had: in the records of a job or of another machine a bag of the exception's properties, within a
/// <c>RemoteException</c>; from Import-Clixml the record is a bag too, and from ConvertFrom-Json nothing says of what type a bag was.
/// </summary>
/// <param name="Exception">The exception's properties; null where they were not kept.</param>
/// <param name="Id">The record's id; null for an exception without a record.</param>
/// <param name="Details">The record's own words, in which the web cmdlets keep an answer's body; null for none.</param>
/// <param name="Said">The exception's message.</param>
internal sealed record FailureRemains(PSObject? Exception, string? Id, string? Details, string Said)
{
    // An error in an error in an error: PowerShell wraps a few times, and a file may say anything.
    private const int MaximumDepth = 8;

    /// <summary>The properties of the failure of this module that the exception was or carried, however deep; null where it was none.</summary>
    public PSObject? Own
    {
        get
        {
            PSObject? at = Exception;
            for (int depth = 0; at is not null && depth < MaximumDepth; depth++)
            {
                if (IsOwn(at))
                {
                    return at;
                }
                at = at.Bag("InnerException");
            }
            return null;
        }
    }

    /// <summary>What is left of an error; null for any other object, and for an error of this process.</summary>
    /// <param name="value">The object as it came in: an error record, an exception, what Resolve-ApiError gave.</param>
    public static FailureRemains? Of(object? value) => Bare.Of(value) switch
    {
        ErrorRecord { Exception: RemoteException remote } record => new(remote.SerializedRemoteException, record.FullyQualifiedErrorId, record.ErrorDetails?.Message, remote.Message),
        RemoteException remote => new(remote.SerializedRemoteException, null, null, remote.Message),
        PSCustomObject when value is PSObject bag => OfBag(bag),
        _ => null,
    };

    /// <summary>True for the properties of a failure of this module.</summary>
    public static bool IsOwn(PSObject bag) => Deserialized.Of<ApiException>(bag) is not null
        || (bag.Text("Code") is not null && bag.Text("Message") is not null && Has(bag, nameof(ApiException.ServiceCode), nameof(ApiException.AttemptHistory), nameof(ApiException.RawBody)));

    private static FailureRemains? OfBag(PSObject bag)
    {
        PSObject? exception = bag.Bag("Exception");
        if (Deserialized.Of<ErrorRecord>(bag) is not null || (exception is not null && Has(bag, nameof(ErrorRecord.FullyQualifiedErrorId), nameof(ErrorRecord.CategoryInfo))))
        {
            // Import-Clixml has the details' message beside them.
            string? details = bag.Text("ErrorDetails_Message") ?? bag.Bag("ErrorDetails")?.Text("Message");
            return new(exception, bag.Text("FullyQualifiedErrorId"), details, exception?.Text("Message") ?? string.Empty);
        }
        if (Deserialized.Of<ResolvedApiError>(bag) is not null || (exception is not null && Has(bag, nameof(ResolvedApiError.Confidence), nameof(ResolvedApiError.Basis))))
        {
            return new(exception, null, null, bag.Text("Message") ?? string.Empty);
        }
        return Deserialized.Of<Exception>(bag) is not null || IsOwn(bag) ? new(bag, null, null, bag.Text("Message") ?? string.Empty) : null;
    }

    private static bool Has(PSObject bag, params string[] names) => names.All(name => bag.Properties[name] is not null);
}
