using System.Text.Json;
using ApiTools.Errors;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Chat;

/// <summary>Reads the answer of a chat, plain or streamed, into its completion.</summary>
internal static class ChatAnswerReader
{
    /// <summary>A service may answer a stream request with plain JSON, and the other way round: what it says it sent is what is read.</summary>
    public static async Task<ChatCompletion> ReadAsync(ApiAnswer answer, IChatObserver observer) => answer.IsEventStream
        ? await new ChatStreamReader(answer, observer).ReadAsync().ConfigureAwait(false)
        : await ReadWholeAsync(answer).ConfigureAwait(false);

    private static async Task<ChatCompletion> ReadWholeAsync(ApiAnswer answer)
    {
        byte[] body = await answer.ReadAllAsync(ApiAnswer.MaximumBytes, cut: false).ConfigureAwait(false);
        ChatCompletionBuilder builder = new();
        try
        {
            if (!ChatPayloadReader.Read(body, builder))
            {
                throw ApiExceptionFactory.Create(answer.ReadFailure(body));
            }
        }
        catch (JsonException exception)
        {
            throw ApiErrors.InvalidResponse(DescribeUnreadable(answer, body), answer.Preview(body), exception);
        }
        if (!builder.HasChoices)
        {
            throw ApiErrors.InvalidResponse($"'{answer.Address.Authority}' answered JSON that has no choices.", answer.Preview(body));
        }
        return builder.Build(answer.RequestId, answer.RateLimit);
    }

    private static string DescribeUnreadable(ApiAnswer answer, byte[] body)
    {
        string start = answer.Preview(body).TrimStart();
        string what = start.Length == 0 ? "nothing"
            : start[0] == '<' ? "a web page (HTML)"
            : start[0] is '{' or '[' ? "JSON that is broken"
            : $"no JSON ({answer.MediaType ?? "no content type"}): {VisibleText.Line(start, 80)}";
        return $"'{answer.Address}' answered {what} where the API answers JSON.";
    }
}
