using System.Globalization;
using System.Management.Automation;
using ApiTools.Resolution;

namespace ApiTools.Cmdlets;

/// <summary>
/// Takes apart what another process has left of an error: the records of a job or of another machine, whose exception is a <c>RemoteException</c> around a
/// bag of properties, and those that Import-Clixml reads, which are a bag themselves.
/// </summary>
internal static class SerializedError
{
    private const string Deserialized = "Deserialized.";
    private const string Source = "error record of another process";

    /// <summary>What a record of a job tells; null for a record that was made in this process.</summary>
    public static Sighting? Read(ErrorRecord record) =>
        record.Exception is RemoteException remote
            ? Read(remote.SerializedRemoteException, record.FullyQualifiedErrorId, record.ErrorDetails?.Message ?? remote.Message, record.Exception.Message)
            : null;

    /// <summary>What a record, or an exception, of Import-Clixml tells; null for any other object.</summary>
    public static Sighting? Read(PSObject value)
    {
        if (Is(value, typeof(ErrorRecord)))
        {
            PSObject? exception = value.Properties["Exception"]?.Value as PSObject;
            string said = Text(exception, "Message") ?? string.Empty;
            string? details = Text(value, "ErrorDetails_Message") ?? Text(value.Properties["ErrorDetails"]?.Value as PSObject, "Message");
            return Read(exception, Text(value, "FullyQualifiedErrorId"), details ?? said, said);
        }
        return Is(value, typeof(Exception)) ? Read(value, null, Text(value, "Message") ?? string.Empty, Text(value, "Message") ?? string.Empty) : null;
    }

    private static bool Is(PSObject value, Type type) => value.TypeNames.Contains(Deserialized + type.FullName);

    // The id of an error of this module begins with its code; the exception's own properties say the rest, as far as they were kept.
    private static Sighting? Read(PSObject? exception, string? id, string details, string said)
    {
        string? code = OwnCode(exception, id);
        if (code is not null)
        {
            return new Sighting
            {
                Source = Source,
                Code = code,
                Status = Status(exception),
                Message = Text(exception, "Message") ?? said,
                RequestId = Text(exception, "RequestId"),
                RetryAfter = Value(exception, "RetryAfter") as TimeSpan?,
                Model = Text(exception, "Model"),
            };
        }
        // Invoke-RestMethod's: the status stands in the message, and the body in the details.
        Sighting? outer = FailureText.Read(said);
        Sighting? inner = details == said ? null : FailureText.Read(details);
        if (inner is { Body.Length: > 0 })
        {
            return inner with { Source = Source, Status = outer?.Status ?? inner.Status };
        }
        return (outer ?? inner) is Sighting seen ? seen with { Source = Source, Message = seen.Message ?? details } : null;
    }

    private static string? OwnCode(PSObject? exception, string? id)
    {
        bool isOwn = exception is not null && exception.TypeNames.Any(name => name == Deserialized + typeof(ApiException).FullName);
        int comma = id?.IndexOf(",ApiTools.", StringComparison.Ordinal) ?? -1;
        return comma > 0 ? id!.Substring(0, comma) : isOwn ? Text(exception, "Code") : null;
    }

    private static int? Status(PSObject? exception) =>
        int.TryParse(Text(exception, "Status"), NumberStyles.None, CultureInfo.InvariantCulture, out int status) ? status : null;

    private static string? Text(PSObject? bag, string name) => Value(bag, name) is object value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    private static object? Value(PSObject? bag, string name) => bag?.Properties[name]?.Value is PSObject wrapper ? wrapper.BaseObject : bag?.Properties[name]?.Value;
}
