using System.Security.Authentication;
using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>A server's certificate is refused, with what is wrong with it: the framework's own exception says only that something is.</summary>
/// <param name="fault">What is wrong with it first of all.</param>
/// <param name="detail">The certificate's own words: until when, for whom, by whom.</param>
internal sealed class CertificateException(NetworkFault fault, string detail) : AuthenticationException($"{fault}: {detail}")
{
    public NetworkFault Fault { get; } = fault;

    public string Detail { get; } = detail;
}
