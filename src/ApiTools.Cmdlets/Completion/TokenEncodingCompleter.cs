using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Tokens;

namespace ApiTools.Cmdlets;

/// <summary>Completes the name of an encoding, with the models that use it as the tooltip.</summary>
public sealed class TokenEncodingCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.From(wordToComplete, ModelEncodings.All);
}
