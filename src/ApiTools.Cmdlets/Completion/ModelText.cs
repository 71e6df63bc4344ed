using System.Globalization;
using ApiTools.Tokens;

namespace ApiTools.Cmdlets;

/// <summary>Says in a line what is known of a model: for the tooltips of completion.</summary>
internal static class ModelText
{
    /// <summary>Such as <c>128,000 tokens of context, answers of up to 16,384; o200k_base</c>.</summary>
    public static string Describe(KnownModel model) => Limits(model.ContextWindow, model.MaxOutputTokens, model.Encoding);

    /// <summary>The same of a model that a service offers, with where that is.</summary>
    public static string Describe(ModelInfo model, string place)
    {
        string limits = Limits(model.ContextWindow, model.MaxOutputTokens, model.Encoding);
        return limits.Length == 0 ? "at " + place : $"{limits}; at {place}";
    }

    private static string Limits(int? window, int? output, string? encoding)
    {
        string[] parts =
        [
            window is null ? string.Empty : string.Format(CultureInfo.InvariantCulture, "{0:N0} tokens of context", window),
            output is null ? string.Empty : string.Format(CultureInfo.InvariantCulture, "answers of up to {0:N0}", output),
        ];
        string limits = string.Join(", ", parts.Where(part => part.Length > 0));
        return string.Join("; ", new[] { limits, encoding ?? string.Empty }.Where(part => part.Length > 0));
    }
}
