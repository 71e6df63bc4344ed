using System.Net;
using System.Net.Security;
using System.Net.Sockets;
#if NET
using System.Security.Cryptography;
#endif
using System.Security.Cryptography.X509Certificates;

namespace ApiTools.Core.Tests.Http;

/// <summary>A server on this machine that answers each connection with what it was given: bytes, a TLS handshake, silence, a reset.</summary>
internal sealed class TlsServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public TlsServer(Func<TcpClient, Task> answer)
        : this(answer, atOnce: false)
    {
    }

    private TlsServer(Func<TcpClient, Task> answer, bool atOnce)
    {
        _listener.Start();
        _ = ServeAsync(answer, atOnce);
    }

    /// <summary>A server that answers connections side by side; else one waits for the one before it.</summary>
    public static TlsServer AtOnce(Func<TcpClient, Task> answer) => new(answer, atOnce: true);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>A server with a certificate of its own making.</summary>
    public static TlsServer WithCertificate(string name, DateTimeOffset from, DateTimeOffset until)
    {
        X509Certificate2 certificate = Certificate(name, from, until);
        return new TlsServer(async client =>
        {
            using SslStream tls = new(client.GetStream());
            await tls.AuthenticateAsServerAsync(certificate);
            await tls.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray());
        });
    }

    /// <summary>A server that sends bytes once a request has begun.</summary>
    public static TlsServer WithBytes(byte[] bytes) => new(async client =>
    {
        byte[] request = new byte[4096];
        _ = await client.GetStream().ReadAsync(request);
        await client.GetStream().WriteAsync(bytes);
    });

    public void Dispose() => _listener.Stop();

#if NET
    private static X509Certificate2 Certificate(string name, DateTimeOffset from, DateTimeOffset until)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        if (IPAddress.TryParse(name, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(from, until);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
#else
    private static X509Certificate2 Certificate(string name, DateTimeOffset from, DateTimeOffset until) => SelfSigned.Create(name, from, until);
#endif

    private async Task ServeAsync(Func<TcpClient, Task> answer, bool atOnce)
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
            Task answering = AnswerAsync(answer, client);
            if (!atOnce)
            {
                await answering;
            }
        }
    }

    private static async Task AnswerAsync(Func<TcpClient, Task> answer, TcpClient client)
    {
        try
        {
            using (client)
            {
                await answer(client);
            }
        }
        catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException or SocketException)
        {
            // The client has seen enough.
        }
    }
}
