namespace ApiTools.Chat;

/// <summary>Makes chunks of a completion that is there already, for a caller who asked for chunks.</summary>
internal static class CompletionChunks
{
    /// <summary>One chunk a choice, with all of it; what the completion cost stands on the last.</summary>
    public static IEnumerable<ChatCompletionChunk> Of(ChatCompletion completion)
    {
        int last = completion.Choices.Count - 1;
        return completion.Choices.Select((choice, i) => new ChatCompletionChunk(completion.Id, completion.Model, choice.Index, i == last ? completion.Usage : null)
        {
            Content = choice.Content,
            Refusal = choice.Refusal,
            Reasoning = choice.Reasoning,
            ToolCalls = [.. choice.ToolCalls.Select((call, index) => new ChatToolCallChunk(index, call.Id, call.Name, call.Arguments))],
            FinishReason = choice.FinishReason,
            Attempt = Math.Max(1, completion.Attempts),
            Input = completion.Input,
        });
    }
}
