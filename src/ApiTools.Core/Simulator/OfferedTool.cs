using System.Text.Json;

namespace ApiTools.Simulator;

/// <summary>A function that a request offers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">The schema of its arguments; of no kind where it has none.</param>
internal sealed record OfferedTool(string Name, JsonElement Parameters)
{
    /// <summary>Reads a definition; null where it is no function's.</summary>
    public static OfferedTool? Read(JsonElement tool)
    {
        JsonElement function = JsonRead.Property(tool, "function");
        JsonElement parameters = JsonRead.Property(function, "parameters");
        return JsonRead.Text(JsonRead.Property(function, "name")) is string name
            ? new(name, parameters.ValueKind == JsonValueKind.Object ? parameters.Clone() : default)
            : null;
    }
}
