using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>Turns what goes wrong below HTTP into a typed error that says what happened, at which host, and what to check.</summary>
internal static class TransportErrors
{
    /// <summary>The typed error for an exception of HttpClient or of a stream that it gave.</summary>
    public static ApiException Map(Exception exception, Uri address)
    {
        (NetworkFault fault, string? detail) = Classify(exception);
        if (fault == NetworkFault.Closed && detail is null && address.Scheme == Uri.UriSchemeHttp)
        {
            // What a TLS server does with a plain request: its alert is too short to be seen as an answer.
            detail = "is it an https address?";
        }
        return NetworkFaults.Create(fault, Host(fault, address), detail, exception, NextCommand(fault, address));
    }

    /// <summary>What an exception means, whoever threw it, and what it says beyond that; <see cref="NetworkFault.Broken"/> where nothing is known of it.</summary>
    public static (NetworkFault Fault, string? Detail) Classify(Exception exception)
    {
        if (Find<CertificateException>(exception) is CertificateException certificate)
        {
            return (certificate.Fault, certificate.Detail);
        }
        if (Find<SocketException>(exception) is SocketException socket)
        {
            return BySocket(socket);
        }
        if (Proxy(exception) is { } proxy)
        {
            return proxy;
        }
        if (Find<AuthenticationException>(exception) is AuthenticationException tls)
        {
            return ByTls(tls);
        }
        if (Find<ObjectDisposedException>(exception) is not null)
        {
            return (NetworkFault.Ended, null);
        }
        if (Find<TimeoutException>(exception) is TimeoutException timeout)
        {
            return timeout.Message.IndexOf("ConnectTimeout", StringComparison.Ordinal) >= 0
                ? (NetworkFault.ConnectTimeout, Seconds(HttpClientFactory.ConnectTimeout))
                : (NetworkFault.Timeout, null);
        }
        return ByHttp(exception) ?? ByWeb(exception) ?? (NetworkFault.Broken, Innermost(exception).Message);
    }

    private static string Host(NetworkFault fault, Uri address) =>
        fault is NetworkFault.NameUnknown or NetworkFault.NameServerSilent ? address.Host : address.Authority;

    private static string? NextCommand(NetworkFault fault, Uri address)
    {
        string connect = "Connect-ApiService -BaseUri " + address.AbsoluteUri.TrimEnd('/');
        return fault switch
        {
            NetworkFault.Ended => connect,
            NetworkFault.ProxyWantsPassword => connect + " -Proxy http://name:password@proxy:8080",
            NetworkFault.NotTls when address.Scheme == Uri.UriSchemeHttps => connect.Replace("https://", "http://") + " -Test",
            NetworkFault.NotHttp when address.Scheme == Uri.UriSchemeHttp => connect.Replace("http://", "https://") + " -Test",
            _ => null,
        };
    }

    private static (NetworkFault, string?) BySocket(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData => (NetworkFault.NameUnknown, null),
        SocketError.TryAgain => (NetworkFault.NameServerSilent, null),
        SocketError.ConnectionRefused => (NetworkFault.Refused, null),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => (NetworkFault.Closed, "reset"),
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown => (NetworkFault.NoRoute, null),
        SocketError.TimedOut => (NetworkFault.ConnectTimeout, null),
        _ => (NetworkFault.Broken, socket.Message),
    };

    // "The proxy tunnel request to proxy 'http://proxy:8080/' failed with status code '407'.": no property says it (dotnet/runtime#105546).
    private static (NetworkFault, string?)? Proxy(Exception exception)
    {
        const string words = "failed with status code '";
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            int status = at.Message.IndexOf("proxy", StringComparison.OrdinalIgnoreCase) < 0 ? -1 : at.Message.IndexOf(words, StringComparison.Ordinal);
            if (status >= 0)
            {
                string code = at.Message.Substring(status + words.Length).Split('\'')[0];
                return code == "407" ? (NetworkFault.ProxyWantsPassword, null) : (NetworkFault.ProxyRefuses, "it answers " + code);
            }
        }
        return null;
    }

    // .NET names the flags in its message; OpenSSL and Schannel have words of their own for what they do not like.
    private static (NetworkFault, string?) ByTls(AuthenticationException tls)
    {
        string said = tls.InnerException is null ? tls.Message : $"{tls.Message} {Innermost(tls).Message}";
        if (NetworkWords.Find(said) is NetworkWord known)
        {
            return (known.Fault, null);
        }
        return (NetworkFault.TlsFailed, said);
    }

    private static (NetworkFault, string?)? ByHttp(Exception exception)
    {
#if NET8_0_OR_GREATER
        HttpRequestError? error = Find<HttpIOException>(exception)?.HttpRequestError ?? Find<HttpRequestException>(exception)?.HttpRequestError;
        return error switch
        {
            HttpRequestError.NameResolutionError => (NetworkFault.NameUnknown, null),
            HttpRequestError.ResponseEnded => (NetworkFault.Closed, null),
            HttpRequestError.InvalidResponse => (NetworkFault.NotHttp, null),
            HttpRequestError.ConfigurationLimitExceeded => (NetworkFault.HeadersTooLarge, null),
            HttpRequestError.SecureConnectionError when NetworkWords.Find(Innermost(exception).Message) is NetworkWord known => (known.Fault, null),
            HttpRequestError.SecureConnectionError => (NetworkFault.TlsFailed, Innermost(exception).Message),
            _ => null,
        };
#else
        return null;
#endif
    }

    // .NET Framework.
    private static (NetworkFault, string?)? ByWeb(Exception exception) => Find<WebException>(exception)?.Status switch
    {
        WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure => (NetworkFault.NameUnknown, null),
        WebExceptionStatus.TrustFailure => (NetworkFault.CertificateInvalid, null),
        WebExceptionStatus.SecureChannelFailure => (NetworkFault.TlsFailed, null),
        WebExceptionStatus.Timeout => (NetworkFault.Timeout, null),
        WebExceptionStatus.ConnectFailure => (NetworkFault.Refused, null),
        WebExceptionStatus.ReceiveFailure or WebExceptionStatus.SendFailure or WebExceptionStatus.ConnectionClosed or WebExceptionStatus.KeepAliveFailure => (NetworkFault.Closed, null),
        WebExceptionStatus.ServerProtocolViolation => (NetworkFault.NotHttp, null),
        WebExceptionStatus.MessageLengthLimitExceeded => (NetworkFault.HeadersTooLarge, null),
        _ => null,
    };

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
            {
                return found;
            }
        }
        return null;
    }

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is not null)
        {
            exception = exception.InnerException;
        }
        return exception;
    }
}
