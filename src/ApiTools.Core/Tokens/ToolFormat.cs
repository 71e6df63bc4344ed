namespace ApiTools.Tokens;

/// <summary>
/// What the definition of a function costs beside its texts, in tokens. The numbers are those of num_tokens_for_tools in OpenAI's notebook "How to
/// count tokens with tiktoken" (openai-cookbook, examples/How_to_count_tokens_with_tiktoken.ipynb, section 7), which agree with the API's own count.
/// </summary>
/// <param name="Function">Each function.</param>
/// <param name="Properties">Having parameters at all.</param>
/// <param name="Property">Each parameter.</param>
/// <param name="Enumeration">Having a list of values: less than nothing.</param>
/// <param name="Value">Each value of the list.</param>
/// <param name="End">All functions together, once.</param>
internal sealed record ToolFormat(int Function, int Properties, int Property, int Enumeration, int Value, int End)
{
    /// <summary>gpt-3.5-turbo and gpt-4.</summary>
    public static ToolFormat Gpt4 { get; } = new(10, 3, 3, -3, 3, 12);

    /// <summary>gpt-4o and gpt-4o-mini.</summary>
    public static ToolFormat Gpt4o { get; } = new(7, 3, 3, -3, 3, 12);
}
