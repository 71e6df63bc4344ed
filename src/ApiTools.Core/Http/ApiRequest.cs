namespace ApiTools.Http;

/// <summary>What one attempt sends.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">What is added to the base address, such as <c>/models</c>.</param>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    /// <summary>UTF-8 JSON; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Headers beside those of this module's own; checked by <see cref="RequestHeaders"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
