using ApiTools.Errors;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>What can be wrong with the tools that a caller gives.</summary>
internal static class ToolErrors
{
    /// <summary>A parameter of the command is used in a way that it cannot be.</summary>
    public static ApiException Invalid(string parameter, string message) =>
        ApiErrors.InvalidValue(parameter, message, $"Get-Help Invoke-ApiChat -Parameter {parameter}");

    /// <summary>An item of -Tool is no tool.</summary>
    public static ApiException NoTool(string message) => Invalid("Tool", message);

    /// <summary>A command cannot be offered, because a call of it would have to give what cannot be given.</summary>
    public static ApiException Inexpressible(string tool, string parameter, string why) => NoTool(
        $"The tool '{VisibleText.Line(tool, 100)}' cannot be offered: its parameter '{VisibleText.Line(parameter, 100)}' is mandatory, and {why}. Wrap the command in a function without it.");
}
