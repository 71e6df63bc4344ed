using ApiTools.Chat;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>The tools of a command, by the names that the model knows: what is not in here cannot be called.</summary>
internal sealed class ToolBox
{
    private static readonly string[] Words = ["auto", "none", "required"];

    private readonly Dictionary<string, ToolCommand> _byName = new(StringComparer.Ordinal);
    private readonly List<ToolCommand> _tools = [];

    public int Count => _tools.Count;

    /// <summary>The names that are taken.</summary>
    public ICollection<string> Names => _byName.Keys;

    /// <summary>What the model is told.</summary>
    public IEnumerable<ToolDefinition> Definitions => _tools.Select(tool => tool.Definition);

    public void Add(ToolCommand tool)
    {
        _byName.Add(tool.Definition.Name, tool);
        _tools.Add(tool);
    }

    /// <summary>The tool of a name that the model says; null where there is none. Compared to the letter: no wildcard, path or alias means anything.</summary>
    public ToolCommand? Find(string name) => _byName.TryGetValue(name, out ToolCommand? tool) ? tool : null;

    /// <summary>What -ToolChoice says, as the API has it.</summary>
    /// <param name="choice">auto, none, required, or a tool's name, as the caller or the model knows it.</param>
    /// <exception cref="ApiRequestException">invalid_value: it is none of them.</exception>
    public string Choose(string choice)
    {
        string? plain = Array.Find(Words, word => word.Equals(choice, StringComparison.OrdinalIgnoreCase));
        return plain
            ?? _tools.Find(tool => tool.DisplayName.Equals(choice, StringComparison.OrdinalIgnoreCase) || tool.Definition.Name == choice)?.Definition.Name
            ?? throw ToolErrors.Invalid("ToolChoice", $"-ToolChoice is '{VisibleText.Line(choice, 100)}': it is auto, none, required or one of the tools ({string.Join(", ", _tools.Select(tool => tool.DisplayName))}).");
    }
}
