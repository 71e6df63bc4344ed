using System.Net;
using System.Text;
using ApiTools.Chat;
using ApiTools.Core.Tests.Http;
using ApiTools.Http;

namespace ApiTools.Core.Tests.Chat;

/// <summary>Answers without a network: their bytes, cut as a test wants, read as the engine reads them.</summary>
internal static class Answers
{
    private static readonly Uri Address = new("http://service.test/v1/chat/completions");

    private static readonly ApiConnection Connection = new(new ApiConnectionOptions { BaseUri = "http://service.test/v1" });

    public static Task<ChatCompletion> ReadAsync(string body, string? contentType, IChatObserver? observer = null, params int[] sizes) =>
        ReadAsync(Encoding.UTF8.GetBytes(body), contentType, observer, sizes);

    public static Task<ChatCompletion> ReadAsync(byte[] body, string? contentType, IChatObserver? observer = null, params int[] sizes) =>
        ReadAsync(new CutStream(body, sizes.Length == 0 ? [int.MaxValue] : sizes), contentType, observer);

    public static async Task<ChatCompletion> ReadAsync(Stream body, string? contentType, IChatObserver? observer = null, TimeProvider? time = null)
    {
        using HttpResponseMessage response = new(HttpStatusCode.OK) { Content = new StreamContent(body) };
        if (contentType is not null)
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }
        using AttemptClock clock = new(AttemptLimits.Default, time ?? TimeProvider.System, CancellationToken.None);
        using ApiAnswer answer = new(response, clock, Address, Connection, TimeProvider.System);
        return await new ChatAnswerReader(answer, observer ?? new RecordingObserver()) { Attempt = 2, Input = "input" }.ReadAsync();
    }

    public static Task<ChatCompletion> ReadStreamAsync(params string[] events) => ReadAsync(Stream(events), "text/event-stream");

    /// <summary>An event stream of these data, in its usual form.</summary>
    public static string Stream(params string[] events) => string.Concat(events.Select(data => $"data: {data}\n\n"));
}
