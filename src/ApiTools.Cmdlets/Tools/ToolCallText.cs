using System.Globalization;
using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Shows a person a call that is to run, as one would type it. A model wrote it: nothing of it drives a terminal, and no value hides the next.</summary>
internal static class ToolCallText
{
    private const int MaximumValue = 1_000;

    /// <summary>The call.</summary>
    public static string Of(ToolCommand tool, JsonElement arguments) =>
        VisibleText.Line(string.Join(" ", new[] { tool.DisplayName }.Concat(arguments.EnumerateObject().Select(Of))), int.MaxValue - 1);

    private static string Of(JsonProperty argument)
    {
        string name = "-" + VisibleText.Line(argument.Name, 100);
        return argument.Value.ValueKind switch
        {
            JsonValueKind.String => $"{name} {Bounded(argument.Value.GetString()!, quoted: true)}",
            JsonValueKind.True => $"{name}:$true",
            JsonValueKind.False => $"{name}:$false",
            _ => $"{name} {Bounded(argument.Value.GetRawText(), quoted: false)}",
        };
    }

    private static string Bounded(string value, bool quoted)
    {
        // A line's end is shown as a symbol: a value with lines of its own could pass for a question of the host.
        string line = BoundedText.Cut(value, MaximumValue).Replace('\r', '␍').Replace('\n', '␊');
        string shown = quoted ? PowerShellText.Quote(line) : line;
        return value.Length <= MaximumValue ? shown : string.Format(CultureInfo.InvariantCulture, "{0} ({1:N0} characters)", shown, value.Length);
    }
}
