using System.Text.Json;

namespace ApiTools.Simulator;

/// <summary>Answers GET /simulator/summary, by which another process asks for the figures: the properties of <see cref="SimulatorSummary"/> in JSON's spelling.</summary>
internal static class SummaryEndpoint
{
    public static WireAnswer Answer(WireRequest request, SimulatorSummary summary) =>
        RequestGuard.RefuseMethod(request, "GET") ?? new()
        {
            Headers = [new("Cache-Control", "no-store")],
            Body = JsonBody.ToBytes(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("requests", summary.Requests);
                writer.WriteNumber("answered", summary.Answered);
                Write(writer, "prompts", summary.Prompts);
                Write(writer, "repeatedPrompts", summary.RepeatedPrompts);
                Write(writer, "repeatedAnswers", summary.RepeatedAnswers);
                writer.WriteEndObject();
            }),
        };

    private static void Write(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is int number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
