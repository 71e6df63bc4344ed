using ApiTools.Tokens;

namespace ApiTools.Simulator;

/// <summary>What the simulator knows of models, by their names.</summary>
internal static class SimulatorModels
{
    /// <summary>A model with so small a context window that anybody can overflow it.</summary>
    public const string Small = "sim-small";

    /// <summary>The context window of <see cref="Small"/>, in tokens.</summary>
    public const int SmallWindow = 128;

    /// <summary>The context window, in tokens; null where it is not known.</summary>
    public static int? WindowOf(string model) => model == Small ? SmallWindow : ModelCatalog.Find(model)?.ContextWindow;

    /// <summary>
    /// True for models that refuse <c>max_tokens</c>: "not compatible with o-series models" (OpenAI's reference, max_tokens), and refused by
    /// those of gpt-5 that reason (griptape-ai/ComfyUI-Griptape#312).
    /// </summary>
    public static bool RefusesMaxTokens(string model)
    {
        bool isO = model.Length > 1 && model[0] == 'o' && model[1] is >= '1' and <= '9';
        bool isFive = model.StartsWith("gpt-5", StringComparison.Ordinal) && !model.StartsWith("gpt-5-chat", StringComparison.Ordinal);
        return isO || isFive;
    }
}
