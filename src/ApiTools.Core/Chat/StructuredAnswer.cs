using System.Text;
using ApiTools.Errors;
using ApiTools.Schemas;

namespace ApiTools.Chat;

/// <summary>Checks answers against the schema that they were asked to match.</summary>
internal static class StructuredAnswer
{
    private const string Fence = "```";

    /// <summary>Reads and checks a completion: where it matches, its choices know what they say. An answer that calls tools is not the last, and is not checked.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public static ApiResponseException? Check(ChatCompletion completion, AnswerSchema schema, TimeProvider time)
    {
        foreach (ChatChoice choice in completion.Choices)
        {
            ApiResponseException? failure = choice.ToolCalls.Count > 0 ? null : Check(choice, schema, time);
            if (failure is not null)
            {
                failure.Schema = schema.Text;
                failure.AttemptHistory = completion.AttemptHistory;
                failure.Completion = completion;
                return failure;
            }
        }
        return null;
    }

    /// <summary>The text of the answer that is not as it should be, for the model to see.</summary>
    public static string TextOf(ChatCompletion completion) =>
        (completion.Choices.FirstOrDefault(choice => choice.ParsedTree is null && choice.ToolCalls.Count == 0)?.Content) ?? completion.Content;

    private static ApiResponseException? Check(ChatChoice choice, AnswerSchema schema, TimeProvider time)
    {
        if (choice.Refusal is string refusal)
        {
            return ApiErrors.AnswerRefused($"The model will not answer: {refusal}", choice.Content);
        }
        if (choice.FinishReason == "content_filter")
        {
            return ApiErrors.AnswerRefused("The answer was cut off by the service's content filter (finish reason 'content_filter').", choice.Content);
        }
        JsonTree? tree = JsonTreeReader.Read(Encoding.UTF8.GetBytes(WithoutFence(choice.Content)), out SchemaMismatch? mismatch);
        mismatch ??= SchemaCheck.Find(schema.Schema, tree!, time);
        if (mismatch is null)
        {
            choice.ParsedTree = tree;
            return null;
        }
        string at = choice.Index == 0 ? string.Empty : FormattableString.Invariant($"in choices[{choice.Index}] ");
        return choice.FinishReason == "length" ? ApiErrors.AnswerCut(choice.Content) : ApiErrors.SchemaMismatch(mismatch.Place.ToString(), $"{at}{mismatch}", choice.Content);
    }

    // Models put JSON into the fence of a code block, where only a prompt asks them not to.
    private static string WithoutFence(string text)
    {
        string trimmed = text.Trim();
        int end = trimmed.LastIndexOf(Fence, StringComparison.Ordinal);
        int line = trimmed.IndexOf('\n');
        return trimmed.StartsWith(Fence, StringComparison.Ordinal) && line > 0 && end > line && end == trimmed.Length - Fence.Length
            ? trimmed.Substring(line, end - line)
            : trimmed;
    }
}
