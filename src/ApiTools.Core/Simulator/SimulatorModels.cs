using System.Globalization;
using ApiTools.Tokens;

namespace ApiTools.Simulator;

/// <summary>What the simulator knows of models, by their names.</summary>
internal static class SimulatorModels
{
    /// <summary>A model with so small a context window that anybody can overflow it.</summary>
    public const string Small = "sim-small";

    /// <summary>The context window of <see cref="Small"/>, in tokens.</summary>
    public const int SmallWindow = 128;

    private const string Prefix = "sim-";

    /// <summary>The context window, in tokens; null where it is not known. A model that is called sim-2000 has one of 2,000.</summary>
    public static int? WindowOf(string model) =>
        model == Small ? SmallWindow
        : model.StartsWith(Prefix, StringComparison.Ordinal)
            && int.TryParse(model.Substring(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int window) && window > 0 ? window
        : ModelCatalog.Find(model)?.ContextWindow;
}
