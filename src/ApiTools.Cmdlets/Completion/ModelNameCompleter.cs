using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Simulator;
using ApiTools.Tokens;

namespace ApiTools.Cmdlets;

/// <summary>Completes the name of a model whose limits are known, with the limits as the tooltip: where no service is asked.</summary>
public sealed class ModelNameCompleter : IArgumentCompleter
{
    private const string SimulatorCommand = "Start-ApiSimulator";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.From(wordToComplete, Models(commandName, fakeBoundParameters));

    private static IEnumerable<(string, string)> Models(string? commandName, IDictionary? bound)
    {
        if (bound?["Simulator"] is not null && ApiSimulator.Running is ApiSimulator simulator)
        {
            return simulator.Models.Select(id => (id, ModelCatalog.Find(id) is KnownModel known ? ModelText.Describe(known) : "A model of the simulator"));
        }
        IEnumerable<(string, string)> known = ModelCatalog.All.Select(model => (model.Name, ModelText.Describe(model)));
        return string.Equals(commandName, SimulatorCommand, StringComparison.OrdinalIgnoreCase)
            ? known.Append((SimulatorModels.Small, "The simulator's own, of 128 tokens; sim-2000 has 2,000"))
            : known;
    }
}
