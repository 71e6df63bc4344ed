using ApiTools.Errors;
using ApiTools.Http;

namespace ApiTools.Core.Tests.Diagnostics;

/// <summary>Requests as a test needs them.</summary>
internal static class Records
{
    public static readonly DateTimeOffset Time = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    public static ApiConnection Connect(string? key = null, string name = "Default") =>
        new(new ApiConnectionOptions { Name = name, BaseUri = "https://api.openai.com/v1", ApiKey = key is null ? null : ApiKeys.FromText(key) });

    public static RequestRecord Succeeded(ApiConnection connection, string model = "gpt-4o", int attempt = 1, double seconds = 0.5, IAnswerFacts? answer = null, byte[]? body = null, double waited = 0) =>
        new(connection, RequestRecord.Chat, 7, End(attempt, model, seconds, ApiRequestOutcome.Succeeded, null, waited)) { Answer = answer ?? new FakeAnswer(), Body = body };

    public static RequestRecord Failed(
        ApiConnection connection, string code = "rate_limit_exceeded", int? status = 429, int attempt = 1, string message = "Too many.", ApiRequestOutcome outcome = ApiRequestOutcome.Failed, string? model = "gpt-4o") =>
        new(connection, RequestRecord.Chat, 8, End(attempt, model, 0.25, outcome, Error(code, status, message)));

    public static ApiException Error(string code, int? status, string message) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = code, Status = status, Message = message, RequestId = "req_9" });

    private static AttemptEnd End(int attempt, string? model, double seconds, ApiRequestOutcome outcome, ApiException? error, double waited = 0) =>
        new(attempt, model, Time, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(waited), outcome, error);
}
