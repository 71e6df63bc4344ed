using System.Management.Automation;
using System.Text.RegularExpressions;

namespace ApiTools.Cmdlets;

/// <summary>Turns a pipeline's objects into the text that the host would show of them.</summary>
internal static class HostText
{
    // Wide enough that no table loses columns, as a person's terminal might.
    private const int Width = 200;

    private static readonly Regex EscapeSequence = new("\x1b\\[[0-9;]*[A-Za-z]", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    /// <summary>The text, without colours and without blanks at the ends of lines.</summary>
    public static string Of(IReadOnlyList<object?> objects, CommandInvocationIntrinsics invoke)
    {
        if (objects.All(item => Bare.Of(item) is string))
        {
            return string.Join("\n", objects.Select(item => item!.ToString()));
        }
        string text = string.Concat(
            invoke.InvokeScript("param($objects, $width) $objects | Microsoft.PowerShell.Utility\\Out-String -Width $width", objects, Width)
                .Select(part => part.ToString()));
        IEnumerable<string> lines = EscapeSequence.Replace(text, string.Empty).Split('\n').Select(line => line.TrimEnd());
        return string.Join("\n", lines).Trim('\n');
    }
}
