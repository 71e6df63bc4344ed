using System.Net;

namespace ApiTools.Http;

/// <summary>The one place that makes an HttpClient.</summary>
internal static class HttpClientFactory
{
    /// <summary>How long making a connection may take. .NET Framework's handler knows no such limit; there the attempt's own applies.</summary>
    public static TimeSpan ConnectTimeout { get; } = TimeSpan.FromSeconds(15);

    /// <summary>A client that follows no redirect (a key must not reach another host) and has no time-out of its own (attempts have theirs).</summary>
    public static HttpClient Create(Uri? proxy, bool skipCertificateCheck)
    {
#if NET8_0_OR_GREATER
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTimeout,
            // A changed DNS entry is seen within minutes, as Microsoft's guidance for long-lived clients asks.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        };
        if (skipCertificateCheck)
        {
#pragma warning disable CA5359 // The caller asked for it by -SkipCertificateCheck, which warns.
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else
        {
            handler.SslOptions.RemoteCertificateValidationCallback = CertificateCheck.Accept;
        }
#else
        SecurityVersions.Allow();
        HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            UseCookies = false,
            MaxConnectionsPerServer = ServicePointHandler.MaximumConnections,
            ServerCertificateCustomValidationCallback = skipCertificateCheck ? static (_, _, _, _) => true : CertificateCheck.Accept,
        };
#endif
        if (proxy is not null)
        {
            handler.Proxy = new WebProxy(proxy) { Credentials = Credentials(proxy) };
            handler.UseProxy = true;
        }
#pragma warning disable RS0030 // The factory.
#if NET8_0_OR_GREATER
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
#else
        return new HttpClient(new ServicePointHandler(handler)) { Timeout = Timeout.InfiniteTimeSpan };
#endif
#pragma warning restore RS0030
    }

    // http://name:password@proxy:8080, where WebProxy looks at the address alone.
    private static NetworkCredential? Credentials(Uri proxy)
    {
        string[] parts = proxy.UserInfo.Split([':'], 2);
        return proxy.UserInfo.Length == 0
            ? null
            : new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : string.Empty);
    }
}
