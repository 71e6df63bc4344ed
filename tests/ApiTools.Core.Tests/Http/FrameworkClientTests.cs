#if PORTABLE_ENGINE
using System.Net;
using ApiTools.Http;

#pragma warning disable SYSLIB0014 // .NET keeps what ServicePoint is told, and heeds it no more; .NET Framework does.

namespace ApiTools.Core.Tests.Http;

/// <summary>What the engine looks after where .NET Framework's own client sends: the versions of TLS, the connections to a host, and its failures.</summary>
[Collection(AloneInProcess.Name)]
public sealed class FrameworkClientTests
{
    private const SecurityProtocolType Tls10 = (SecurityProtocolType)0xc0;
    private const SecurityProtocolType Tls12 = (SecurityProtocolType)0xc00;
    private const SecurityProtocolType Tls13 = (SecurityProtocolType)0x3000;

    private static readonly byte[] Answer = [.. "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"u8];

    [Theory]
    [InlineData((SecurityProtocolType)0, (SecurityProtocolType)0)]
    [InlineData((SecurityProtocolType)0xf0, (SecurityProtocolType)0xf0 | Tls12)]
    [InlineData(Tls10, Tls10 | Tls12)]
    [InlineData(Tls10 | Tls12, Tls10 | Tls12)]
    [InlineData(Tls13, Tls13)]
    public void TLS_1_2_is_added_where_it_is_not_offered_and_nothing_is_taken_away(SecurityProtocolType before, SecurityProtocolType after) =>
        Assert.Equal(after, SecurityVersions.With12(before));

    [Fact]
    public void A_process_that_offers_TLS_1_0_alone_offers_1_2_once_there_is_a_client()
    {
        SecurityProtocolType before = ServicePointManager.SecurityProtocol;
        try
        {
#pragma warning disable CA5364 // What Windows PowerShell has on many a machine.
            ServicePointManager.SecurityProtocol = Tls10;
#pragma warning restore CA5364
            using HttpClient client = HttpClientFactory.Create(null, skipCertificateCheck: false);
            Assert.Equal(Tls10 | Tls12, ServicePointManager.SecurityProtocol);
        }
        finally
        {
            ServicePointManager.SecurityProtocol = before;
        }
    }

    [Fact]
    public async Task As_many_requests_as_are_asked_for_are_under_way_at_a_host_at_once()
    {
        const int Requests = 20;
        using CountdownEvent all = new(Requests);
        using TlsServer server = TlsServer.AtOnce(async client =>
        {
            byte[] request = new byte[4096];
            _ = await client.GetStream().ReadAsync(request);
            all.Signal();
            // Nobody is answered before everybody has asked: with two connections it would wait for ever.
            await Task.Factory.StartNew(() => all.Wait(TimeSpan.FromSeconds(60)), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await client.GetStream().WriteAsync(Answer);
        });
        string address = $"http://127.0.0.1:{server.Port}/v1";
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = address });
        ApiTransport transport = new(connection, TimeProvider.System);
        ApiRequest request = new(HttpMethod.Post, "/chat/completions") { Body = "{}"u8.ToArray() };

        int[] statuses = await Task.WhenAll(
            Enumerable.Range(0, Requests).Select(_ => transport.SendAsync(request, AttemptLimits.Default, answer => Task.FromResult(answer.Status), default)));

        Assert.All(statuses, status => Assert.Equal(200, status));
        Assert.Equal(0, all.CurrentCount);
        ServicePoint host = ServicePointManager.FindServicePoint(new Uri(address));
        Assert.Equal((256, false, 300_000), (host.ConnectionLimit, host.UseNagleAlgorithm, host.ConnectionLeaseTimeout));
    }

    [Fact]
    public async Task No_leave_is_asked_for_a_body()
    {
        string? head = null;
        using TlsServer server = new(async client =>
        {
            byte[] request = new byte[4096];
            head = System.Text.Encoding.ASCII.GetString(request, 0, await client.GetStream().ReadAsync(request));
            await client.GetStream().WriteAsync(Answer);
        });
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = $"http://127.0.0.1:{server.Port}/v1" });
        await new ApiTransport(connection, TimeProvider.System).SendAsync(
            new ApiRequest(HttpMethod.Post, "/chat/completions") { Body = "{}"u8.ToArray() }, AttemptLimits.Default, answer => Task.FromResult(answer.Status), default);
        Assert.StartsWith("POST /v1/chat/completions HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Expect", head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(WebExceptionStatus.NameResolutionFailure, "There is no host 'h'")]
    [InlineData(WebExceptionStatus.ConnectFailure, "'h:9' refuses connections")]
    [InlineData(WebExceptionStatus.ReceiveFailure, "'h:9' closed the connection without an answer (is it an https address?)")]
    [InlineData(WebExceptionStatus.SendFailure, "'h:9' closed the connection without an answer (is it an https address?)")]
    [InlineData(WebExceptionStatus.ConnectionClosed, "'h:9' closed the connection without an answer (is it an https address?)")]
    [InlineData(WebExceptionStatus.KeepAliveFailure, "'h:9' closed the connection without an answer (is it an https address?)")]
    [InlineData(WebExceptionStatus.ServerProtocolViolation, "'h:9' answers, and not with HTTP")]
    [InlineData(WebExceptionStatus.MessageLengthLimitExceeded, "'h:9' sends more headers than are read")]
    [InlineData(WebExceptionStatus.Timeout, "'h:9' did not answer in time")]
    [InlineData(WebExceptionStatus.TrustFailure, "The certificate of 'h:9' is not valid")]
    [InlineData(WebExceptionStatus.SecureChannelFailure, "'h:9' could not be trusted or does not speak TLS")]
    [InlineData(WebExceptionStatus.UnknownError, "The connection to 'h:9' broke: below")]
    public void A_failure_that_WebException_names_is_told_in_our_words(WebExceptionStatus status, string begins) => Assert.StartsWith(
        begins, TransportErrors.Map(new HttpRequestException("above", new WebException("below", status)), new Uri("http://h:9/v1")).Message, StringComparison.Ordinal);
}
#endif
