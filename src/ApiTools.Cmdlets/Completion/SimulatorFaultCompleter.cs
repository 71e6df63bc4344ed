using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Simulator;

namespace ApiTools.Cmdlets;

/// <summary>Completes a fault of the simulator: the documented codes, then the kinds, each with what it does.</summary>
public sealed class SimulatorFaultCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.From(wordToComplete, FaultKinds.All);
}
