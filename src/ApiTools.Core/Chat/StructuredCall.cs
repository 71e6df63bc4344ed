namespace ApiTools.Chat;

/// <summary>Sends a request whose answer has to match a schema, and where it may, asks once more for one that does not.</summary>
/// <param name="schema">What the answer has to match.</param>
/// <param name="corrects">Whether it asks once more.</param>
/// <param name="time">The clock.</param>
internal sealed class StructuredCall(AnswerSchema schema, bool corrects, TimeProvider time)
{
    /// <summary>Sends a request.</summary>
    /// <param name="call">The request.</param>
    /// <param name="send">Sends one to its end.</param>
    /// <param name="correcting">Is told what was wrong before the request is sent once more.</param>
    /// <exception cref="ApiException">schema_mismatch, answer_refused, answer_cut: an answer came, and is of no use. Or the failure of the call.</exception>
    public async Task<ChatCompletion> SendAsync(ChatCall call, Func<ChatCall, Task<ChatCompletion>> send, Func<ApiException, ValueTask> correcting)
    {
        ChatCompletion first = await send(call).ConfigureAwait(false);
        ApiResponseException? invalid = Check(first, call);
        if (invalid is null)
        {
            return first;
        }
        if (!corrects || invalid.Code != "schema_mismatch")
        {
            throw invalid;
        }
        await correcting(invalid).ConfigureAwait(false);
        ChatCompletion second = await CorrectAsync(call, first, invalid, send).ConfigureAwait(false);
        if (Check(second, call) is ApiResponseException again)
        {
            again.FirstError = invalid;
            throw again;
        }
        return second;
    }

    private ApiResponseException? Check(ChatCompletion completion, ChatCall call)
    {
        ApiResponseException? failure = StructuredAnswer.Check(completion, schema, time);
        if (failure is not null)
        {
            failure.RequestBody = call.Body;
            failure.NextCommand = NextCommands.ForAnswer(failure, call);
            // Those before it failed in their own ways.
            failure.AttemptHistory = [.. failure.AttemptHistory.Select((attempt, index) => index == failure.AttemptHistory.Count - 1 ? Failed(attempt, failure) : attempt)];
        }
        return failure;
    }

    private static async Task<ChatCompletion> CorrectAsync(ChatCall call, ChatCompletion first, ApiResponseException invalid, Func<ChatCall, Task<ChatCompletion>> send)
    {
        try
        {
            byte[] body = SchemaMessages.Correct(call.Body, StructuredAnswer.TextOf(first), invalid.Mismatch!);
            ChatCompletion second = await send(call with { Body = body, IsCorrection = true }).ConfigureAwait(false);
            second.AttemptHistory = Joined(invalid.AttemptHistory, second.AttemptHistory);
            second.Usage = Sum(first.Usage, second.Usage);
            second.Duration += first.Duration;
            return second;
        }
        catch (ApiException exception)
        {
            exception.AttemptHistory = Joined(invalid.AttemptHistory, exception.AttemptHistory);
            exception.FirstError = invalid;
            throw;
        }
    }

    private static ApiAttempt Failed(ApiAttempt attempt, ApiException failure) =>
        new(attempt.Number, attempt.Model, attempt.Status, failure.Code, attempt.Duration, attempt.Wait, failure.Message);

    private static IReadOnlyList<ApiAttempt> Joined(IReadOnlyList<ApiAttempt> first, IReadOnlyList<ApiAttempt> second) =>
    [
        .. first,
        .. second.Select(attempt => new ApiAttempt(first.Count + attempt.Number, attempt.Model, attempt.Status, attempt.Code, attempt.Duration, attempt.Wait, attempt.Reason)),
    ];

    // Both were paid for.
    private static ChatUsage? Sum(ChatUsage? first, ChatUsage? second) => first is null || second is null ? second ?? first : new ChatUsage(
        first.PromptTokens + second.PromptTokens,
        first.CompletionTokens + second.CompletionTokens,
        first.TotalTokens + second.TotalTokens,
        Sum(first.CachedTokens, second.CachedTokens),
        Sum(first.ReasoningTokens, second.ReasoningTokens));

    private static int? Sum(int? first, int? second) => first is null && second is null ? null : (first ?? 0) + (second ?? 0);
}
