using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Http;

namespace ApiTools.Cmdlets;

/// <summary>Completes -BaseUri with the addresses of services that speak this API, each as its own documentation writes it.</summary>
public sealed class BaseUriCompleter : IArgumentCompleter
{
    private static readonly (string, string)[] Services =
    [
        ("https://api.openai.com/v1", "OpenAI"),
        ("https://openrouter.ai/api/v1", "OpenRouter"),
        ("https://api.groq.com/openai/v1", "Groq"),
        ("https://api.mistral.ai/v1", "Mistral AI"),
        ("https://api.deepseek.com/v1", "DeepSeek"),
        ("http://localhost:11434/v1", "Ollama, on this machine"),
        ("http://localhost:1234/v1", "LM Studio, on this machine"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.From(wordToComplete, Connected().Concat(Services).GroupBy(service => service.Item1).Select(same => same.First()));

    private static IEnumerable<(string, string)> Connected() => ConnectionStore.Process.All.Select(connection => (connection.BaseUri.AbsoluteUri, $"The connection '{connection.Name}'"));
}
