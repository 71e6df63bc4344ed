using System.Management.Automation;
using ApiTools.Resolution;

namespace ApiTools.Cmdlets;

/// <summary>Reads an error that comes from a job or another machine, or was written with Export-Clixml or ConvertTo-Json: this module's is made whole again.</summary>
internal static class DeserializedFailure
{
    /// <summary>What a failure from there was read from, in words.</summary>
    public const string Source = "error record of another process";

    /// <summary>The failure of this module; null where the object is none, or one that is whole.</summary>
    /// <param name="value">The object as it came in: an error record, an exception, what Resolve-ApiError gave.</param>
    public static ApiException? Read(object? value) => FailureRemains.Of(value)?.Own is PSObject own ? DeserializedException.Read(own) : null;

    /// <summary>What another tool's error tells, or one of this module of which only the record is left; null where the object tells of no failure.</summary>
    /// <param name="value">The object as it came in.</param>
    public static Sighting? Look(object? value)
    {
        if (FailureRemains.Of(value) is not FailureRemains remains)
        {
            return null;
        }
        // The id of an error of this module begins with its code.
        int comma = remains.Id?.IndexOf(",ApiTools.", StringComparison.Ordinal) ?? -1;
        if (comma > 0)
        {
            return new Sighting { Source = Source, Code = remains.Id!.Substring(0, comma), Message = remains.Said.Length > 0 ? remains.Said : remains.Details };
        }
        // Invoke-RestMethod's: the status stands in the message, and the body in the details.
        Sighting? outer = FailureText.Read(remains.Said);
        Sighting? inner = remains.Details is null || remains.Details == remains.Said ? null : FailureText.Read(remains.Details);
        if (inner is { Body.Length: > 0 })
        {
            return inner with { Source = Source, Status = outer?.Status ?? inner.Status };
        }
        return (outer ?? inner) is Sighting seen ? seen with { Source = Source, Message = seen.Message ?? remains.Details ?? remains.Said } : null;
    }
}
