namespace ApiTools.Cmdlets;

/// <summary>One input of a command, and how it becomes a request.</summary>
/// <param name="Target">What came in: the completion's Input, and the target of its error.</param>
/// <param name="MakeRequest">Makes the request, UTF-8 JSON; an ApiException of it is the input's.</param>
internal sealed record ChatInput(object? Target, Func<byte[]> MakeRequest)
{
    /// <summary>The caller's name for it; null where there is none.</summary>
    public string? CustomId { get; set; }

    /// <summary>Where it stands, such as <c>requests.jsonl(7)</c>, to begin a message with; null where it came in as an object.</summary>
    public string? Place { get; init; }
}
