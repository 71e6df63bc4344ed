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
}
