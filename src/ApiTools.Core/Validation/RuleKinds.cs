namespace ApiTools.Validation;

/// <summary>The rows of the table in a word each.</summary>
internal static class RuleKinds
{
    /// <summary>Where the page says it.</summary>
    public const string Page = "the page, tip 2";

    /// <summary>Where the page shows it.</summary>
    public const string PageRequest = "the page, tip 1";

    /// <summary>OpenAI's guide to function calling.</summary>
    public const string FunctionGuide = "https://platform.openai.com/docs/guides/function-calling";

    /// <summary>OpenAI's guide to structured outputs.</summary>
    public const string StructuredGuide = "https://platform.openai.com/docs/guides/structured-outputs";

    /// <summary>OpenAI's guide to images.</summary>
    public const string ImageGuide = "https://platform.openai.com/docs/guides/images-vision";

    /// <summary>The parameter's place in OpenAI's reference (POST /v1/chat/completions).</summary>
    public static string Reference(string parameter) => "https://platform.openai.com/docs/api-reference/chat/create#chat_create-" + parameter;

    public static RequestRule Number(string name, double minimum, double maximum) =>
        new(name, JsonKinds.Number) { Minimum = minimum, Maximum = maximum, Source = Reference(name) };

    public static RequestRule WholeNumber(string name, double? minimum, double? maximum) =>
        new(name, JsonKinds.Integer) { Minimum = minimum, Maximum = maximum, Source = Reference(name) };

    public static RequestRule Boolean(string name) => new(name, JsonKinds.Boolean) { Source = Reference(name) };

    public static RequestRule TextRule(string name, bool required = false) =>
        new(name, JsonKinds.String) { Required = required, Nullable = false, Source = Reference(name) };

    /// <summary>A name of the caller's own: of a function, a schema, a participant.</summary>
    public static RequestRule Name(string name, bool required = true) =>
        TextRule(name, required) with { MinimumLength = 1, MaximumLength = 64, Pattern = TextPattern.Name };

    /// <summary>New values come with new models: an unknown one is a warning.</summary>
    public static RequestRule Growing(string name, params string[] values) =>
        new(name, JsonKinds.String) { Values = values, ValuesGrow = true, Source = Reference(name) };

    /// <summary>An object of which nothing is checked but that it is one.</summary>
    public static RequestRule Any(string name) => new(name, JsonKinds.Object) { Nullable = false, Source = Reference(name) };

    /// <summary>An object.</summary>
    public static RequestRule Object(string name, params RequestRule[] members) =>
        new(name, JsonKinds.Object) { Nullable = false, Members = members, Source = Reference(name) };
}
