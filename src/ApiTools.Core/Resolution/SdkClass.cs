namespace ApiTools.Resolution;

/// <summary>A class of exceptions of the SDKs for Python and Node, which stands for a status.</summary>
/// <param name="Name">Its name, without its module.</param>
/// <param name="Status">The status.</param>
internal sealed record SdkClass(string Name, int Status)
{
    /// <summary>All of them (openai-python, openai-node, anthropic: the same names).</summary>
    public static IReadOnlyList<SdkClass> All { get; } =
    [
        new("BadRequestError", 400),
        new("InvalidRequestError", 400),
        new("AuthenticationError", 401),
        new("PermissionDeniedError", 403),
        new("PermissionError", 403),
        new("NotFoundError", 404),
        new("ConflictError", 409),
        new("UnprocessableEntityError", 422),
        new("RateLimitError", 429),
        new("InternalServerError", 500),
        new("ServiceUnavailableError", 503),
        new("OverloadedError", 529),
    ];
}
