#if !NET8_0_OR_GREATER
using System.Net;

namespace ApiTools.Http;

/// <summary>
/// What .NET Framework keeps for each host rather than for each client: how many connections there may be, and how long one lives. It forgets a host
/// that nothing was sent to for a while, so each request says it again.
/// </summary>
/// <param name="inner">What sends.</param>
internal sealed class ServicePointHandler(HttpClientHandler inner) : DelegatingHandler(inner)
{
    /// <summary>As many as -ThrottleLimit may be; .NET Framework's own is two.</summary>
    public const int MaximumConnections = 256;

    // A changed DNS entry is seen within minutes, as Microsoft's guidance for long-lived clients asks.
    private const int LeaseMilliseconds = 5 * 60 * 1000;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Prepare(inner.Proxy is IWebProxy proxy ? ServicePointManager.FindServicePoint(request.RequestUri, proxy) : ServicePointManager.FindServicePoint(request.RequestUri));
        // Asking leave for a body costs a round trip, or a third of a second where nobody answers; .NET asks for none.
        request.Headers.ExpectContinue = false;
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (CertificateCheck.Refusal(request) is not null)
        {
            throw CertificateCheck.Refusal(request)!;
        }
    }

    private static void Prepare(ServicePoint host)
    {
        if (host.ConnectionLimit < MaximumConnections)
        {
            host.ConnectionLimit = MaximumConnections;
        }
        host.ConnectionLeaseTimeout = LeaseMilliseconds;
        host.UseNagleAlgorithm = false;
    }
}
#endif
