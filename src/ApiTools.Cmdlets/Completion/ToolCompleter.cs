using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ApiTools.Cmdlets;

/// <summary>Completes -Tool with the names of commands that can be tools; of functions, what their help says is the tooltip.</summary>
public sealed class ToolCompleter : IArgumentCompleter
{
    private const string Function = "Microsoft.PowerShell.Management\\Get-Item -LiteralPath ('function:' + $args[0]) -ErrorAction Ignore";

    private const string Functions = "Microsoft.PowerShell.Management\\Get-ChildItem -LiteralPath function: -ErrorAction Ignore";

    private static readonly HashSet<CompletionResultType> NotOffered = [CompletionResultType.ProviderContainer, CompletionResultType.ProviderItem, CompletionResultType.Keyword];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete.Trim('\'', '"');
        // All commands there are is a list for nobody, and takes longer than a key press may.
        return word.Length == 0 && Own() is { Length: > 0 } own
            ? own
            : [.. CompletionCompleters.CompleteCommand(word).Where(result => !NotOffered.Contains(result.ResultType) && !IsProgram(result)).Select(WithSynopsis)];
    }

    // The functions of the person at the prompt: those that came with no module and have a name as commands have. Clear-Host is PowerShell's own.
    private static CompletionResult[] Own() =>
        [.. ScriptBlock.Create(Functions).Invoke().Select(item => item.BaseObject).OfType<FunctionInfo>()
            .Where(function => string.IsNullOrEmpty(function.ModuleName) && function.Name.IndexOf('-') > 0 && function.Name != "Clear-Host")
            .Select(function => WithSynopsis(new CompletionResult(function.Name, function.Name, CompletionResultType.Command, function.Name)))];

    // A program's tooltip is its path. It can be no tool: its arguments are text and nothing else.
    private static bool IsProgram(CompletionResult result) =>
        result.ToolTip is string tip && tip.IndexOfAny(Path.GetInvalidPathChars()) < 0 && Path.IsPathRooted(tip) && !tip.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase);

    // Get-Help takes longer than a key press may; a function's own comment is there.
    private static CompletionResult WithSynopsis(CompletionResult result) =>
        ScriptBlock.Create(Function).Invoke(result.ListItemText).FirstOrDefault()?.BaseObject is FunctionInfo function
        && ToolHelp.OfScript(function.ScriptBlock).Synopsis is { Length: > 0 } synopsis
            ? new CompletionResult(result.CompletionText, result.ListItemText, result.ResultType, Display.Line(synopsis))
            : result;
}
