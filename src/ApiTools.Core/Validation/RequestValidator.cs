namespace ApiTools.Validation;

/// <summary>Checks a chat request by the page's rules.</summary>
internal static class RequestValidator
{
    /// <summary>Finds everything that is wrong with a request.</summary>
    /// <param name="utf8Json">The request's body, UTF-8; any bytes.</param>
    /// <param name="options">What to take into account.</param>
    public static RequestReport Validate(ReadOnlyMemory<byte> utf8Json, RequestCheckOptions options) =>
        new([], null, null, options.Source);
}
