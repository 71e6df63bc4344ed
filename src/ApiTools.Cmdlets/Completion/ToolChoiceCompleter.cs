using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ApiTools.Cmdlets;

/// <summary>Completes -ToolChoice: what the API knows, and the tools that the line names.</summary>
public sealed class ToolChoiceCompleter : IArgumentCompleter
{
    private static readonly (string, string)[] Words =
    [
        ("auto", "The model calls tools where it finds them useful."),
        ("none", "The model calls no tool."),
        ("required", "The model calls one tool at least."),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.From(wordToComplete, Words.Concat(Named(fakeBoundParameters["Tool"]).Select(name => (name, "This tool is called."))));

    private static IEnumerable<string> Named(object? tools) =>
        (LanguagePrimitives.GetEnumerable(tools)?.Cast<object?>() ?? [tools])
            .Select(Bare.Of)
            .Select(tool => tool as string ?? (tool as CommandInfo)?.Name ?? (tool as IDictionary)?["Name"]?.ToString())
            .OfType<string>();
}
