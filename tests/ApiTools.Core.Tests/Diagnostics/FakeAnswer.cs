using ApiTools.Http;

namespace ApiTools.Core.Tests.Diagnostics;

internal sealed class FakeAnswer : IAnswerFacts
{
    public string? Id { get; init; } = "chatcmpl-1";

    public string? RequestId { get; init; } = "req_1";

    public string? Model { get; init; } = "gpt-4o-2024-08-06";

    public IReadOnlyList<string> FinishReasons { get; init; } = ["stop"];

    public int? InputTokens { get; init; } = 10;

    public int? OutputTokens { get; init; } = 5;

    public int? CachedTokens { get; init; } = 4;

    public int? ReasoningTokens { get; init; } = 2;

    public string Json { get; init; } = "{}";

    public string ToJson() => Json;
}
