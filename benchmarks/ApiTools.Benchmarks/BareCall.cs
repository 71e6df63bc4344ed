using System.Net.Http.Headers;

namespace ApiTools.Benchmarks;

/// <summary>What a call costs at least: HttpClient posts the bytes and reads the answer's.</summary>
internal sealed class BareCall(Uri baseUri, byte[] body) : IDisposable
{
    private readonly HttpClient _client = new();
    private readonly Uri _address = new(baseUri + "/chat/completions");

    public async Task SendAsync()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, _address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "bench");
        using HttpResponseMessage response = await _client.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
    }

    public void Dispose() => _client.Dispose();
}
