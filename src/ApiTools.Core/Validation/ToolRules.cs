using static ApiTools.Validation.RuleKinds;

namespace ApiTools.Validation;

/// <summary>The table's rows for tools, and for the older functions.</summary>
internal static class ToolRules
{
    private static readonly string Source = Reference("tools");

    private static readonly RequestRule Function = new("function", JsonKinds.Object)
    {
        Source = Source,
        Members =
        [
            Name("name") with { Source = Source },
            TextRule("description") with { Source = Source },
            Any("parameters") with { Source = Source },
            new("strict", JsonKinds.Boolean) { Default = "false", Source = Source },
        ],
        Relations = [new("parameters are an object's schema", FunctionGuide, SchemaRelations.ParametersAreAnObject, "parameters")],
    };

    private static readonly RequestRule Custom = Object(
        "custom",
        TextRule("name", required: true) with { MinimumLength = 1, Source = Source },
        TextRule("description") with { Source = Source },
        Any("format") with { Source = Source }) with
    {
        Nullable = true,
        Source = Source,
    };

    private static readonly RequestRule Tool = new("tools", JsonKinds.Object)
    {
        Nullable = false,
        Source = Source,
        Members =
        [
            TextRule("type", required: true) with { Values = ["function", "custom"], ValuesGrow = true, Source = Source },
            Function,
            Custom,
        ],
        Relations = [new("a tool holds its type", Source, MessageRelations.HoldsItsType, "type")],
    };

    private static readonly RequestRule Chosen = Object("function", TextRule("name", required: true) with { Source = Reference("tool_choice") }) with
    {
        Nullable = true,
        Source = Reference("tool_choice"),
    };

    /// <summary>tools.</summary>
    public static RequestRule Tools { get; } =
        new("tools", JsonKinds.Array) { Nullable = false, MaximumItems = 128, Item = Tool, Source = Source };

    /// <summary>tool_choice.</summary>
    public static RequestRule Choice { get; } = new("tool_choice", JsonKinds.String | JsonKinds.Object)
    {
        Nullable = false,
        Values = ["none", "auto", "required"],
        Source = Reference("tool_choice"),
        Members =
        [
            TextRule("type", required: true) with { Values = ["function", "custom", "allowed_tools"], ValuesGrow = true, Source = Reference("tool_choice") },
            Chosen,
            Chosen with { Name = "custom" },
            Any("allowed_tools") with { Nullable = true, Source = Reference("tool_choice") },
        ],
        Relations = [new("tool_choice holds its type", Reference("tool_choice"), MessageRelations.HoldsItsType, "type")],
    };

    /// <summary>functions: what tools was before.</summary>
    public static RequestRule Functions { get; } = new("functions", JsonKinds.Array)
    {
        Nullable = false,
        MinimumItems = 1,
        MaximumItems = 128,
        Successor = "tools",
        Item = Function with { Name = "functions", Source = Reference("functions") },
        Source = Reference("functions"),
    };

    /// <summary>function_call: what tool_choice was before.</summary>
    public static RequestRule FunctionCall { get; } = new("function_call", JsonKinds.String | JsonKinds.Object)
    {
        Nullable = false,
        Values = ["none", "auto"],
        Successor = "tool_choice",
        Source = Reference("function_call"),
        Members = [TextRule("name", required: true) with { Source = Reference("function_call") }],
    };
}
