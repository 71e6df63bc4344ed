using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security;
using System.Text;
using ApiTools.Http;

namespace ApiTools.Core.Tests.Http;

/// <summary>What goes wrong below HTTP, over real sockets: each says in one line what happened, at which host, and what to check.</summary>
[Collection(AloneInProcess.Name)]
public sealed class BelowHttpTests
{
    private const string OwnClient = "its client is .NET Framework's own, which names its failures by WebException: FrameworkClientTests";

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task An_expired_certificate_says_since_when()
    {
        using TlsServer server = TlsServer.WithCertificate("127.0.0.1", Now.AddDays(-30), Now.AddDays(-1));

        await AssertAsync(
            $"https://127.0.0.1:{server.Port}/v1", $"The certificate of '127.0.0.1:{server.Port}' has expired (on {Now.AddDays(-1):yyyy-MM-dd}). Check this machine's clock; else the service has to renew it.");
    }

    [Fact]
    public async Task A_certificate_that_is_not_valid_yet_says_from_when()
    {
        using TlsServer server = TlsServer.WithCertificate("127.0.0.1", Now.AddDays(2), Now.AddDays(9));

        await AssertAsync(
            $"https://127.0.0.1:{server.Port}/v1", $"The certificate of '127.0.0.1:{server.Port}' is not valid yet (from {Now.AddDays(2):yyyy-MM-dd}). Check this machine's clock.");
    }

    [DotNetFact("Mono does not say that the names differ")]
    public async Task A_certificate_for_another_host_says_for_which()
    {
        using TlsServer server = TlsServer.WithCertificate("other.example", Now.AddDays(-1), Now.AddDays(9));

        await AssertAsync(
            $"https://127.0.0.1:{server.Port}/v1",
            $"The certificate of '127.0.0.1:{server.Port}' is not for that host (it is for other.example). Check the address, and whether a proxy answers in its place.");
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_issuer_says_whose_it_is()
    {
        using TlsServer server = TlsServer.WithCertificate("127.0.0.1", Now.AddDays(-1), Now.AddDays(9));

        await AssertAsync(
            $"https://127.0.0.1:{server.Port}/v1",
            $"The certificate of '127.0.0.1:{server.Port}' comes from an issuer whom this machine does not trust (CN=127.0.0.1). Behind a company's proxy, add its root certificate to this machine's store.");
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task No_redirect_is_followed_so_that_the_key_reaches_no_other_host(int status)
    {
        int visits = 0;
        using TlsServer other = new(_ => Task.FromResult(Interlocked.Increment(ref visits)));
        using TlsServer server = TlsServer.WithBytes(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status} Moved\r\nLocation: http://127.0.0.1:{other.Port}/v1/models\r\nContent-Length: 0\r\n\r\n"));
        using SecureString key = new System.Net.NetworkCredential(string.Empty, "sk-test-0123456789").SecurePassword;
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = $"http://127.0.0.1:{server.Port}/v1", ApiKey = key });

        ApiResponseException error = await Assert.ThrowsAsync<ApiResponseException>(
            () => new ApiTransport(connection, TimeProvider.System).SendAsync(Request(), AttemptLimits.Default, answer => Task.FromResult(answer.Status), default));

        Assert.Equal(
            ($"http_{status}", $"'127.0.0.1:{server.Port}' sends callers to http://127.0.0.1:{other.Port}/v1/models. A redirect is not followed, so that the key stays with the host it was given for."),
            (error.Code, error.Message));
        Assert.Equal(0, visits);
    }

    [Fact]
    public async Task A_certificate_is_not_looked_at_where_the_caller_says_so()
    {
        using TlsServer server = TlsServer.WithCertificate("other.example", Now.AddDays(-30), Now.AddDays(-1));
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = $"https://127.0.0.1:{server.Port}/v1", SkipCertificateCheck = true });

        Assert.Equal(200, await new ApiTransport(connection, TimeProvider.System).SendAsync(Request(), AttemptLimits.Default, answer => Task.FromResult(answer.Status), default));
    }

    [Fact]
    public async Task A_plain_http_port_that_is_asked_by_https_says_so_and_names_the_other_address()
    {
        using TlsServer server = TlsServer.WithBytes("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

        ApiException error = await AssertAsync(
            $"https://127.0.0.1:{server.Port}/v1", $"'127.0.0.1:{server.Port}' does not speak TLS at that port. Check the address: is it http, or another port?");
        Assert.Equal($"Connect-ApiService -BaseUri http://127.0.0.1:{server.Port}/v1 -Test", error.NextCommand);
    }

    [Fact]
    public async Task A_server_that_refuses_the_version_of_TLS_says_so()
    {
        // RFC 8446, 6: a fatal alert, protocol_version.
        using TlsServer server = TlsServer.WithBytes([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]);

        await AssertAsync(
            $"https://127.0.0.1:{server.Port}/v1",
            $"'127.0.0.1:{server.Port}' and this machine have no version of TLS in common. Check whether the server is outdated, or a proxy between.");
    }

    [PowerShell7Fact(OwnClient)]
    public async Task What_answers_without_HTTP_is_named_as_that()
    {
        using TlsServer server = TlsServer.WithBytes("SSH-2.0-OpenSSH_9.6\r\n"u8.ToArray());

        ApiException error = await AssertAsync(
            $"http://127.0.0.1:{server.Port}/v1", $"'127.0.0.1:{server.Port}' answers, and not with HTTP. Check the address: is it https, or another port?");
        Assert.Equal($"Connect-ApiService -BaseUri https://127.0.0.1:{server.Port}/v1 -Test", error.NextCommand);
    }

    [PowerShell7Fact(OwnClient)]
    public async Task A_TLS_port_that_is_asked_by_http_closes_and_the_other_address_is_asked_for()
    {
        using TlsServer server = TlsServer.WithBytes([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x32]);

        await AssertAsync(
            $"http://127.0.0.1:{server.Port}/v1", $"'127.0.0.1:{server.Port}' closed the connection without an answer (is it an https address?).", RetryAdvice.Backoff);
    }

    [PowerShell7Fact(OwnClient)]
    public async Task A_server_that_closes_the_connection_may_be_asked_again()
    {
        using TlsServer server = new(_ => Task.CompletedTask);

        await AssertAsync(
            $"http://127.0.0.1:{server.Port}/v1", $"'127.0.0.1:{server.Port}' closed the connection without an answer", RetryAdvice.Backoff);
    }

    [PowerShell7Fact(OwnClient)]
    public async Task Endless_headers_are_read_to_a_bound()
    {
        using TlsServer server = new(async client =>
        {
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray());
            byte[] header = Encoding.ASCII.GetBytes($"X-Header: {new string('x', 1000)}\r\n");
            for (int i = 0; i < 10_000; i++)
            {
                await stream.WriteAsync(header);
            }
        });

        ApiException error = await FailAsync($"http://127.0.0.1:{server.Port}/v1");
        Assert.Equal(("invalid_response", $"'127.0.0.1:{server.Port}' sends more headers than are read. Check that the address is that of an API."), (error.Code, error.Message));
    }

    [DotNetFact("nothing tells what a process allocates")]
    public async Task A_bomb_of_half_a_gigabyte_is_read_to_a_bound()
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < 500; i++)
            {
                gzip.Write(megabyte);
            }
        }
        byte[] answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 400 X\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), .. packed.ToArray()];
        using TlsServer server = TlsServer.WithBytes(answer);
        long before = GC.GetTotalAllocatedBytes();

        ApiException error = await FailAsync($"http://127.0.0.1:{server.Port}/v1");

        Assert.Equal(("invalid_value", 400), (error.Code, error.Status));
        Assert.InRange(error.RawBody!.Length, 1, 32_768);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64L << 20);
    }

    [Fact]
    public async Task A_host_without_a_name_is_named()
    {
        ApiException error = await FailAsync("http://no-such-host.invalid:8080/v1");

        Assert.Equal("connection_failed", error.Code);
        Assert.True(
            error.Message is "There is no host 'no-such-host.invalid': its name cannot be resolved. Check the spelling of the address, and whether it needs a VPN."
                or "The name 'no-such-host.invalid' cannot be resolved now: no name server answers. Check whether this machine is online.",
            error.Message);
    }

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task A_proxy_that_wants_a_password_says_so_whatever_the_address(string scheme)
    {
        using TlsServer proxy = TlsServer.WithBytes("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray());

        ApiException error = await FailAsync($"{scheme}://service.example/v1", new Uri($"http://127.0.0.1:{proxy.Port}"));

        Assert.Equal(("connection_failed", RetryAdvice.Never), (error.Code, error.Retry));
        Assert.Contains("wants a name and a password (407)", error.Message, StringComparison.Ordinal);
        Assert.Equal($"Connect-ApiService -BaseUri {scheme}://service.example/v1 -Proxy http://name:password@proxy:8080", error.NextCommand);
    }

    [Fact]
    public async Task A_proxys_name_and_password_are_taken_from_its_address()
    {
        string? authorization = null;
        using TlsServer proxy = new(async client =>
        {
            NetworkStream stream = client.GetStream();
            for (int i = 0; i < 2 && authorization is null; i++)
            {
                byte[] buffer = new byte[8192];
                string request = Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
                authorization = request.Split("\r\n").FirstOrDefault(line => line.StartsWith("Proxy-Authorization", StringComparison.OrdinalIgnoreCase));
                string status = authorization is null ? "407 X\r\nProxy-Authenticate: Basic realm=\"x\"" : "500 X";
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"));
            }
        });

        await FailAsync("http://service.example/v1", new Uri($"http://na%20me:p%40ss@127.0.0.1:{proxy.Port}"));

        Assert.Equal("na me:p@ss", Encoding.UTF8.GetString(Convert.FromBase64String(AuthenticationHeaderValue.Parse(authorization!.Split(": ")[1]).Parameter!)));
    }

    [DotNetFact("a proxy's refusal looks like the service's own answer")]
    public async Task A_proxy_that_lets_nobody_through_is_told_from_the_service()
    {
        using TlsServer proxy = TlsServer.WithBytes("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"u8.ToArray());

        ApiException error = await FailAsync("https://service.example/v1", new Uri($"http://127.0.0.1:{proxy.Port}"));

        Assert.Equal("The proxy before 'service.example' lets nobody through (it answers 502). Ask who runs it, or go without.", error.Message);
    }

    private static async Task<ApiException> AssertAsync(string address, string message, RetryAdvice retry = RetryAdvice.Never)
    {
        ApiException error = await FailAsync(address);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.IsType<ApiConnectionException>(error);
        Assert.Equal(("connection_failed", retry), (error.Code, error.Retry));
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
        return error;
    }

    private static async Task<ApiException> FailAsync(string address, Uri? proxy = null)
    {
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = address, Proxy = proxy });
        return await Assert.ThrowsAnyAsync<ApiException>(
            () => new ApiTransport(connection, TimeProvider.System).SendAsync(Request(), AttemptLimits.Default, answer => Task.FromResult(answer.Status), default));
    }

    private static ApiRequest Request() => new(HttpMethod.Post, "/chat/completions") { Body = "{}"u8.ToArray() };
}
