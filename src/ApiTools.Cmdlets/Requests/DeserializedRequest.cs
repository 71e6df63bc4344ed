using System.Management.Automation;
using System.Text;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>Makes a repaired request whole again that was written with Export-Clixml, or comes from a job or another machine.</summary>
internal static class DeserializedRequest
{
    /// <summary>The request, checked again; null where the object was none, or is one still.</summary>
    /// <param name="value">The object as it came in.</param>
    public static RepairedRequest? Read(object? value)
    {
        if (Deserialized.Of<RepairedRequest>(value) is not PSObject frozen || frozen.Text("Request") is not string request)
        {
            return null;
        }
        byte[] text = Encoding.UTF8.GetBytes(request);
        return new RepairedRequest(text, [], RequestValidator.Validate(text, new RequestCheckOptions { Source = frozen.Text("Source") }), null);
    }
}
