using System.Net.Http.Headers;

namespace ApiTools.Benchmarks;

/// <summary>A bare HttpClient that posts a request and hands on the body of the answer.</summary>
internal abstract class BareStream(Uri baseUri) : IStreamClient
{
    private static readonly byte[] Body = """{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"Hello"}]}"""u8.ToArray();

    private readonly HttpClient _client = new();
    private readonly Uri _address = new(baseUri + "/chat/completions");

    public async Task ReadAsync()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, _address) { Content = new ByteArrayContent(Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "bench");
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using Stream body = await response.Content.ReadAsStreamAsync();
        await ReadBodyAsync(body);
    }

    public void Dispose() => _client.Dispose();

    protected abstract Task ReadBodyAsync(Stream body);
}
