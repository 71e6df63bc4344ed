using ApiTools.Text;

namespace ApiTools.Errors;

/// <summary>Says in one line what happened below HTTP, at which host, and what to check.</summary>
internal static class NetworkFaults
{
    private const int MaximumDetail = 500;

    /// <summary>The typed error for a fault.</summary>
    /// <param name="fault">What happened.</param>
    /// <param name="host">At which host, with its port where that matters.</param>
    /// <param name="detail">What is known beyond that, such as the day on which a certificate expired; null for nothing.</param>
    /// <param name="cause">The exception below.</param>
    /// <param name="nextCommand">The command to paste next; null for the catalogue's.</param>
    public static ApiException Create(NetworkFault fault, string host, string? detail = null, Exception? cause = null, string? nextCommand = null) =>
        ApiExceptionFactory.Create(
            new ApiFailure
            {
                Code = Code(fault),
                Message = Message(fault, VisibleText.Line(host, MaximumDetail), Detail(detail)),
                WaitIsOfNoUse = !CanPass(fault),
                NextCommand = nextCommand,
            },
            cause);

    private static string Message(NetworkFault fault, string host, string? detail) => fault switch
    {
        NetworkFault.NameUnknown => $"There is no host '{host}': its name cannot be resolved. Check the spelling of the address, and whether it needs a VPN.",
        NetworkFault.NameServerSilent => $"The name '{host}' cannot be resolved now: no name server answers. Check whether this machine is online.",
        NetworkFault.Refused => $"'{host}' refuses connections: nothing listens there. Check the port, and whether the server runs.",
        NetworkFault.Closed => $"'{host}' closed the connection without an answer{In(detail)}. Check whether the server, or a firewall before it, is at its limit.",
        NetworkFault.NoRoute => $"There is no way to '{host}': is this machine online?",
        NetworkFault.ConnectTimeout => $"'{host}' did not accept a connection in {detail ?? "time"}. Check the address and the port, and whether a firewall is between.",
        NetworkFault.Timeout => $"'{host}' did not answer in time{In(detail)}.",
        NetworkFault.CertificateExpired => $"The certificate of '{host}' has expired{In(detail)}. Check this machine's clock; else the service has to renew it.",
        NetworkFault.CertificateNotYetValid => $"The certificate of '{host}' is not valid yet{In(detail)}. Check this machine's clock.",
        NetworkFault.CertificateOfAnotherHost => $"The certificate of '{host}' is not for that host{In(detail)}. Check the address, and whether a proxy answers in its place.",
        NetworkFault.CertificateOfUnknownIssuer =>
            $"The certificate of '{host}' comes from an issuer whom this machine does not trust{In(detail)}. Behind a company's proxy, add its root certificate to this machine's store.",
        NetworkFault.CertificateRevoked => $"The certificate of '{host}' was revoked{In(detail)}. Send nothing there.",
        NetworkFault.CertificateInvalid => $"The certificate of '{host}' is not valid{In(detail)}. Check the address, and whether a proxy answers in its place.",
        NetworkFault.NotTls => $"'{host}' does not speak TLS at that port. Check the address: is it http, or another port?",
        NetworkFault.TlsVersion => $"'{host}' and this machine have no version of TLS in common. Check whether the server is outdated, or a proxy between.",
        NetworkFault.TlsFailed => $"'{host}' could not be trusted or does not speak TLS{Colon(detail)}",
        NetworkFault.NotHttp => $"'{host}' answers, and not with HTTP{In(detail)}. Check the address: is it https, or another port?",
        NetworkFault.HeadersTooLarge => $"'{host}' sends more headers than are read. Check that the address is that of an API.",
        NetworkFault.ProxyWantsPassword => $"The proxy before '{host}' wants a name and a password (407){In(detail)}. Give them with the proxy's address.",
        NetworkFault.ProxyRefuses => $"The proxy before '{host}' lets nobody through{In(detail)}. Ask who runs it, or go without.",
        NetworkFault.Ended => $"The connection to '{host}' was ended (Disconnect-ApiService) while the call was under way.",
        NetworkFault.Interrupted => $"The answer of '{host}' broke off before its end{Colon(detail)}",
        NetworkFault.NotJson => $"'{host}' answered with something that is no JSON{In(detail)}. Check that the address is that of an API, and whether a proxy answers in its place.",
        _ => $"The connection to '{host}' broke{Colon(detail)}",
    };

    // Every further call over a connection that was ended would meet that too.
    private static string Code(NetworkFault fault) => fault switch
    {
        NetworkFault.Ended => "no_connection",
        NetworkFault.ConnectTimeout or NetworkFault.Timeout => "timeout",
        NetworkFault.HeadersTooLarge or NetworkFault.NotJson => "invalid_response",
        NetworkFault.Interrupted => "stream_interrupted",
        _ => "connection_failed",
    };

    private static bool CanPass(NetworkFault fault) => fault is NetworkFault.Broken or NetworkFault.NameServerSilent or NetworkFault.Refused
        or NetworkFault.Closed or NetworkFault.Interrupted or NetworkFault.NoRoute or NetworkFault.ConnectTimeout or NetworkFault.Timeout;

    private static string? Detail(string? detail) => string.IsNullOrWhiteSpace(detail) ? null : VisibleText.Line(Redactor.Redact(detail!), MaximumDetail);

    private static string In(string? detail) => detail is null ? string.Empty : $" ({detail})";

    private static string Colon(string? detail) => detail is null ? "." : ": " + detail;
}
