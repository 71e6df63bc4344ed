using System.Globalization;
using System.Text.Json;
using ApiTools.Chat;
using ApiTools.Errors;

namespace ApiTools.Batch;

/// <summary>Reads all that a journal's line holds of an input.</summary>
internal static class JournalEntryReader
{
    /// <summary>The entry of a line that has no fault and begins no job.</summary>
    public static JournalEntry Read(JournalLine line)
    {
        JournalDetails details = JournalDetails.Read(line);
        string? requestId = Text(line, line.RequestId);
        if (line.IsAnswered)
        {
            ChatCompletion completion = ReadCompletion(line, requestId);
            completion.FromJournal = true;
            completion.CustomId = line.Key;
            completion.Duration = details.Duration;
            completion.AttemptHistory = details.Attempts;
            return Make(line, details, completion, null);
        }
        ApiException failure = ReadFailure(line, requestId);
        failure.AttemptHistory = details.Attempts;
        return Make(line, details, null, failure);
    }

    private static JournalEntry Make(JournalLine line, JournalDetails details, ChatCompletion? completion, ApiException? failure) =>
        new(line.Key, completion is null ? JournalStatus.Failed : JournalStatus.Answered)
        {
            Code = failure?.Code,
            Message = failure?.Message,
            StatusCode = line.StatusCode,
            AttemptHistory = details.Attempts,
            Time = details.Time,
            Duration = details.Duration,
            Request = line.Request,
            Occurrence = line.Occurrence,
            Completion = completion,
            Failure = failure,
        };

    private static ChatCompletion ReadCompletion(JournalLine line, string? requestId)
    {
        ChatCompletionBuilder builder = new();
        ChatPayloadReader.Read(line.Body.Of(line.Text.Span), builder);
        return builder.Build(requestId, null);
    }

    private static ApiException ReadFailure(JournalLine line, string? requestId)
    {
        JournalError outer = JournalError.Read(line.Error.Of(line.Text.Span));
        JournalError inner = JournalError.ReadBody(line.Body.Of(line.Text.Span));
        int? status = line.StatusCode;
        return ApiExceptionFactory.Create(new ApiFailure
        {
            Code = outer.Code ?? inner.Code ?? (status is int known ? ApiErrorCatalog.CodeForStatus(known) : "invalid_response"),
            Message = outer.Message ?? inner.Message ?? string.Format(CultureInfo.InvariantCulture, "The journal does not say why (status {0}).", status),
            Status = status,
            ServiceCode = inner.Code,
            Type = inner.Type,
            Param = inner.Param ?? outer.Param,
            RequestId = requestId,
        });
    }

    private static string? Text(JournalLine line, JournalPart part)
    {
        if (!part.IsPresent)
        {
            return null;
        }
        Utf8JsonReader reader = new(part.Of(line.Text.Span));
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? JsonStrings.Read(ref reader) : null;
    }
}
