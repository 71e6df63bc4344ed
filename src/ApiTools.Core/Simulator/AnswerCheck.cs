using ApiTools.Errors;

namespace ApiTools.Simulator;

/// <summary>Refuses answers that could never be given, or that say nothing.</summary>
internal static class AnswerCheck
{
    private const string Help = "Get-Help Start-ApiSimulator -Parameter Answer";

    /// <summary>Looks at one answer.</summary>
    /// <exception cref="ApiRequestException">invalid_value, with what is wrong.</exception>
    public static void Check(SimulatorAnswer answer)
    {
        if (answer is { Content: null, Refusal: null, FinishReason: null, ToolCalls.Count: 0 })
        {
            throw Invalid("An answer needs a Content, a Refusal, ToolCalls or a FinishReason.");
        }
        Require(answer.Times is -1 or >= 1, nameof(answer.Times), answer.Times, "1 or more, or -1 for every time");
        Require(answer.After >= 0, nameof(answer.After), answer.After, "0 or more");
        Require(answer.FinishReason is not "", nameof(answer.FinishReason), "empty", "a word such as stop, length, content_filter or tool_calls");
        Require(answer.ToolCalls.All(call => !string.IsNullOrEmpty(call.Name)), nameof(answer.ToolCalls), "without a Name", "calls that each name a tool");
        RequirePattern(nameof(answer.Prompt), answer.Prompt);
        RequirePattern(nameof(answer.Model), answer.Model);
    }

    /// <summary>The error for an answer.</summary>
    public static ApiException Invalid(string message) => ApiErrors.InvalidValue("Answer", message, Help);

    private static void RequirePattern(string name, string? pattern) => Require(pattern is null || Wildcard.Parse(pattern) is not null, name, $"'{pattern}'", Wildcard.Described);

    private static void Require(bool holds, string name, object value, string wanted)
    {
        if (!holds)
        {
            throw Invalid(FormattableString.Invariant($"An answer's {name} cannot be {value}: it has to be {wanted}."));
        }
    }
}
