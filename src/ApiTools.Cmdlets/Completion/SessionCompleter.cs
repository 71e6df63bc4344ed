using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ApiTools.Cmdlets;

/// <summary>Completes -Session with the variables that hold one.</summary>
public sealed class SessionCompleter : IArgumentCompleter
{
    // Of the session at the prompt; a variable that is a property of something has no value of its own to be read.
    private const string Variables = "Microsoft.PowerShell.Utility\\Get-Variable -ErrorAction Ignore";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete.TrimStart('$');
        return Completion.From(word, Sessions().Select(held => (held.Name, "$" + held.Name, held.Session.Model is null ? held.Session.ToString() : $"{held.Session.Model}, {held.Session}")));
    }

    private static IEnumerable<(string Name, ApiChatSession Session)> Sessions()
    {
        foreach (PSObject item in ScriptBlock.Create(Variables).Invoke())
        {
            if (item.BaseObject is PSVariable variable && ViewObject.Live<ApiChatSession>(variable.Value) is ApiChatSession session && IsPlain(variable.Name))
            {
                yield return (variable.Name, session);
            }
        }
    }

    private static bool IsPlain(string name) => name.All(c => char.IsLetterOrDigit(c) || c == '_');
}
