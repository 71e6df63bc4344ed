using System.Text.Json;

namespace ApiTools.Simulator;

/// <summary>Answers GET /v1/models and GET /v1/models/(id).</summary>
internal sealed class ModelEndpoint(IReadOnlyList<string> models)
{
    // 2024-05-13, when gpt-4o came out: any fixed date does, so that answers do not change.
    private const long Created = 1715558400;

    /// <summary>Every model.</summary>
    public WireAnswer List() => new()
    {
        Body = JsonBody.ToBytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("object", "list");
            writer.WriteStartArray("data");
            foreach (string id in models)
            {
                Write(writer, id);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }),
    };

    /// <summary>One model.</summary>
    public WireAnswer Show(string id) =>
        models.Contains(id, StringComparer.Ordinal)
            ? new() { Body = JsonBody.ToBytes(writer => Write(writer, id)) }
            : WireAnswer.Error(404, "model_not_found", $"The model '{id}' does not exist. The simulator has {string.Join(", ", models)}.", "model");

    private static void Write(Utf8JsonWriter writer, string id)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("object", "model");
        writer.WriteNumber("created", Created);
        writer.WriteString("owned_by", "simulator");
        if (SimulatorModels.WindowOf(id) is int window)
        {
            // As Groq names it.
            writer.WriteNumber("context_window", window);
        }
        writer.WriteEndObject();
    }
}
