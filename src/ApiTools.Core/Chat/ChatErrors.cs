using ApiTools.Errors;
using ApiTools.Http;

namespace ApiTools.Chat;

/// <summary>Errors that arrive in an answer whose status says success, and what its headers say.</summary>
internal static class ChatErrors
{
    /// <summary>The typed error for a payload that carries <c>error</c> instead of an answer.</summary>
    public static ApiException FromPayload(byte[] payload, ApiAnswer answer, TimeProvider time, ApiConnection connection)
    {
        ApiFailure failure = ApiErrorReader.Read(answer.Status, payload, answer.Headers, time.GetUtcNow());
        return ApiExceptionFactory.Create(failure with
        {
            Message = connection.Redact(failure.Message),
            RawBody = failure.RawBody is null ? null : connection.Redact(failure.RawBody),
        });
    }
}
