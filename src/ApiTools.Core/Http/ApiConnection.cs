using System.Collections.Concurrent;
using System.Security;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools;

/// <summary>
/// A service to talk to: its address, its key and defaults. Made by <c>Connect-ApiService</c>; may be used from several threads at once.
/// The key is in none of its properties.
/// </summary>
public sealed class ApiConnection : IDisposable
{
    internal const string DefaultName = "Default";

    private readonly SecureString? _apiKey;
    private readonly Lazy<HttpClient> _client;
    private readonly ConcurrentDictionary<string, Uri> _endpoints = new(StringComparer.Ordinal);

    internal ApiConnection(ApiConnectionOptions options)
    {
        BaseUri = BaseAddress.Parse(options.BaseUri);
        BaseAddress.CheckKeyMayTravel(BaseUri, options);
        ApiKeys.Check(options.ApiKey);
        Name = options.Name;
        Model = string.IsNullOrWhiteSpace(options.Model) ? null : options.Model;
        ApiVersion = string.IsNullOrWhiteSpace(options.ApiVersion) ? null : options.ApiVersion;
        Source = options.Source;
        _apiKey = options.ApiKey is { Length: > 0 } key ? key.Copy() : null;
        LogPath = options.LogPath;
        Observer = options.Observer;
        Gate = new ConnectionGate(options.Time);
        ModelCache = new ServiceModelCache(this, options.Time);
        _client = new Lazy<HttpClient>(() => HttpClientFactory.Create(options.Proxy, options.SkipCertificateCheck));
    }

    /// <summary>Its name; <c>Default</c> for the one that cmdlets use where no other is named.</summary>
    public string Name { get; }

    /// <summary>The address that paths such as <c>/chat/completions</c> are added to; without a slash at its end.</summary>
    public Uri BaseUri { get; }

    /// <summary>The model that is asked where a call names none.</summary>
    public string? Model { get; }

    /// <summary>Azure's <c>api-version</c>; null for other services.</summary>
    public string? ApiVersion { get; }

    /// <summary>Whether it has a key.</summary>
    public bool HasApiKey => _apiKey is not null;

    /// <summary>The models that the service offers, as last listed; empty where they were not listed yet (<c>Get-ApiModel</c>).</summary>
    public IReadOnlyList<string> Models { get; internal set => field = ReadableList<string>.Of(value); } = ReadableList<string>.Nothing;

    /// <summary>Where it came from: <c>Connect-ApiService</c>, the environment variables' names, or the simulator.</summary>
    public string Source { get; }

    /// <summary>The file that records each request; null for none.</summary>
    public string? LogPath { get; }

    /// <summary>Is told of each request; null for nobody.</summary>
    internal IRequestObserver? Observer { get; }

    internal HttpClient Client => _client.Value;

    /// <summary>What each attempt of a chat passes, whichever command sends it.</summary>
    internal ConnectionGate Gate { get; }

    /// <summary>Its models, as they were listed a while ago.</summary>
    internal ServiceModelCache ModelCache { get; }

    /// <summary>What each model calls the most tokens of its answer, where a refusal told.</summary>
    internal MaxTokensNames MaxTokensNames { get; } = new();

    /// <summary>The context windows of models, in tokens, that the service told when it refused a request for its length.</summary>
    internal ConcurrentDictionary<string, int> ToldWindows { get; } = new(StringComparer.Ordinal);

    /// <summary>The address of a path of the API, such as <c>/models</c>; made once.</summary>
    internal Uri Endpoint(string path) => _endpoints.GetOrAdd(path, MakeEndpoint);

    /// <summary>True for an address of this machine.</summary>
    internal bool IsLocal => BaseUri.IsLoopback;

    /// <summary>Writes the key into a request's headers.</summary>
    internal void Authorize(HttpRequestMessage request)
    {
        if (KeyText is not string key)
        {
            return;
        }
        if (ApiVersion is null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        }
        else
        {
            request.Headers.TryAddWithoutValidation("api-key", key);
        }
    }

    /// <summary>The key's text, for the header and for taking it out of what came back; null where there is none. Keep it nowhere.</summary>
    internal string? KeyText => _apiKey is null ? null : ApiKeys.Read(_apiKey);

    private Uri MakeEndpoint(string path)
    {
        string version = ApiVersion is null ? string.Empty : "?api-version=" + Uri.EscapeDataString(ApiVersion);
        return new Uri(BaseUri.AbsoluteUri.TrimEnd('/') + path + version);
    }

    /// <summary>Its name and address.</summary>
    public override string ToString() => $"{Name} ({BaseUri})";

    /// <summary>Closes its sockets. Calls under way fail.</summary>
    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }
}
