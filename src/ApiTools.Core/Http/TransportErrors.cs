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
        string host = address.Authority;
        if (Find<SocketException>(exception) is SocketException socket)
        {
            return MapSocket(socket, exception, address);
        }
        if (Find<AuthenticationException>(exception) is AuthenticationException tls)
        {
            return ApiErrors.ConnectionFailed(
                $"'{host}' could not be trusted or does not speak TLS: {tls.Message}", canPass: false, exception);
        }
        if (Find<ObjectDisposedException>(exception) is not null)
        {
            // Every further call over it would meet this too.
            return ApiErrors.NoConnection(
                $"The connection to '{host}' was ended (Disconnect-ApiService) while the call was under way.", $"Connect-ApiService -BaseUri {address.AbsoluteUri.TrimEnd('/')}");
        }
        if (Find<TimeoutException>(exception) is not null)
        {
            return ApiErrors.TimedOut($"'{host}' did not accept a connection in {HttpClientFactory.ConnectTimeout.TotalSeconds} s.", exception);
        }
        return ApiErrors.ConnectionFailed($"The connection to '{host}' broke: {Innermost(exception).Message}", canPass: true, exception);
    }

    private static ApiException MapSocket(SocketException socket, Exception exception, Uri address)
    {
        string host = address.Authority;
        return socket.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData =>
                ApiErrors.ConnectionFailed($"There is no host '{address.Host}': its name cannot be resolved.", canPass: false, exception),
            SocketError.TryAgain =>
                ApiErrors.ConnectionFailed($"The name '{address.Host}' cannot be resolved now: no name server answers.", canPass: true, exception),
            SocketError.ConnectionRefused =>
                ApiErrors.ConnectionFailed($"'{host}' refuses connections: nothing listens there.", canPass: true, exception),
            SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown =>
                ApiErrors.ConnectionFailed($"'{host}' closed the connection without an answer.", canPass: true, exception),
            SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown =>
                ApiErrors.ConnectionFailed($"There is no way to '{host}': is this machine online?", canPass: true, exception),
            SocketError.TimedOut => ApiErrors.TimedOut($"'{host}' did not accept a connection in time.", exception),
            _ => ApiErrors.ConnectionFailed($"'{host}' could not be reached: {socket.Message}", canPass: true, exception),
        };
    }

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
