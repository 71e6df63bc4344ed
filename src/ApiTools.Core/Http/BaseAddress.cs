using System.Text.RegularExpressions;
using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>Reads and judges a base address as a person gives it.</summary>
internal static class BaseAddress
{
    private const string Endpoint = "/chat/completions";

    private static readonly Regex Version = new(
        "/(v[0-9]+[a-z0-9]*|openai)(/|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The address without a slash at its end, and without the endpoint where somebody gave the whole of it.</summary>
    /// <exception cref="ApiRequestException">invalid_value: what is wrong with it.</exception>
    public static Uri Parse(string? text)
    {
        string address = (text ?? string.Empty).Trim();
        if (address.Length == 0)
        {
            throw Invalid(address, "it is empty", "https://api.openai.com/v1");
        }
        if (address.IndexOf("://", StringComparison.Ordinal) < 0)
        {
            // 'localhost:8080' would pass for a URI with the scheme 'localhost'.
            bool host = Uri.TryCreate("http://" + address, UriKind.Absolute, out Uri? guess) && guess.Host.Length > 0 && !address.Contains(' ');
            throw Invalid(address, "it has no scheme", host ? Complete(guess!) : "https://api.openai.com/v1");
        }
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri))
        {
            throw Invalid(address, "it is no address", "https://api.openai.com/v1");
        }
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
        {
            throw Invalid(address, $"its scheme is '{uri.Scheme}', and a service is reached by https (or http)", "https://api.openai.com/v1");
        }
        if (uri.UserInfo.Length > 0)
        {
            throw ApiErrors.InvalidValue("BaseUri", "The base address has a name or password in it; the key goes into -ApiKey.", "Connect-ApiService -BaseUri " + uri.Scheme + "://" + uri.Authority + uri.AbsolutePath);
        }
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw Invalid(uri.GetLeftPart(UriPartial.Path), "it has a query; Azure's version goes into -ApiVersion", uri.GetLeftPart(UriPartial.Path));
        }
        string path = uri.AbsolutePath.TrimEnd('/');
        if (path.EndsWith(Endpoint, StringComparison.OrdinalIgnoreCase))
        {
            path = path.Substring(0, path.Length - Endpoint.Length);
        }
        return new Uri(uri.GetLeftPart(UriPartial.Authority) + path);
    }

    /// <summary>Refuses to send a key in the clear to another machine.</summary>
    /// <exception cref="ApiRequestException">invalid_value: the address is plain http.</exception>
    public static void CheckKeyMayTravel(Uri address, ApiConnectionOptions options)
    {
        if (options.ApiKey is { Length: > 0 } && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback && !options.AllowUnencryptedAuthentication)
        {
            throw ApiErrors.InvalidValue(
                "BaseUri",
                $"'{address}' is plain http, and the key would travel readable to another machine. Use https, or -AllowUnencryptedAuthentication where the network is yours.",
                $"Connect-ApiService -BaseUri https://{address.Authority}{address.AbsolutePath.TrimEnd('/')}");
        }
    }

    /// <summary>The same address with <c>/v1</c> where it has no version yet; null where it has one. Most services' API stands under one.</summary>
    public static Uri? WithVersion(Uri address) =>
        Version.IsMatch(address.AbsolutePath) ? null : new Uri(address.AbsoluteUri.TrimEnd('/') + "/v1");

    // What somebody means by a bare host: https but for this machine, and the version under which the API mostly stands.
    private static string Complete(Uri guess)
    {
        Uri address = new((guess.IsLoopback ? "http://" : "https://") + guess.Authority + guess.AbsolutePath.TrimEnd('/'));
        return (WithVersion(address) ?? address).AbsoluteUri;
    }

    private static ApiException Invalid(string address, string why, string better) =>
        ApiErrors.InvalidValue(
            "BaseUri", $"The base address '{address}' cannot be used: {why}. An address looks like https://api.openai.com/v1.", $"Connect-ApiService -BaseUri {better}");
}
