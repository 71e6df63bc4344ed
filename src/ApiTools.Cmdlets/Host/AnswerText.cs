namespace ApiTools.Cmdlets;

/// <summary>What an answer, a choice, a chunk or a message says.</summary>
internal static class AnswerText
{
    /// <summary>The first that it has of its text, its refusal, its reasoning, and the tools it calls.</summary>
    /// <param name="answer">One of the module's objects, or what is left of one.</param>
    public static string Of(object? answer) => Parts(answer).FirstOrDefault() ?? new ViewObject(answer).Text("Reasoning") ?? string.Empty;

    /// <summary>Its text, its refusal, and the tools it calls, as far as it has them.</summary>
    public static IEnumerable<string> Parts(object? answer)
    {
        ViewObject shown = new(answer);
        if (shown.Text("Content") is { Length: > 0 } content)
        {
            yield return content;
        }
        if (shown.Text("Refusal") is { Length: > 0 } refusal)
        {
            yield return ViewObject.Live<ChatCompletionChunk>(answer) is null ? "Refused: " + refusal : refusal;
        }
        string[] calls = [.. ViewObject.Items(shown["ToolCalls"]).Select(Call)];
        if (calls.Length > 0)
        {
            yield return string.Join("\n", calls);
        }
    }

    // A piece of a call has a name only where it is the first.
    private static string Call(object? call) =>
        ViewObject.Live<ChatToolCallChunk>(call) is ChatToolCallChunk piece ? (piece.Name is null ? piece.Arguments : $"{piece.Name}({piece.Arguments}") : "Tool call: " + call;
}
