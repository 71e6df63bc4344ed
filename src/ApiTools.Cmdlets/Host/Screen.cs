using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>What a view is shown on: how wide it is, and in which colours. Asked of the session that shows it; Windows PowerShell has no $PSStyle, and some hosts no width.</summary>
internal sealed class Screen(EngineIntrinsics? engine)
{
    private static readonly string[] Bad = ["Error", "Failed", "False"];
    private static readonly string[] Doubtful = ["Warning", "Retried", "Refused", "Cancelled"];

    private readonly PSObject? _style = engine?.SessionState.PSVariable.GetValue("PSStyle") is object style ? PSObject.AsPSObject(style) : null;

    /// <summary>How many columns there are; 0 where the host does not say.</summary>
    public int Width
    {
        get
        {
            try
            {
                return Math.Max(0, engine?.Host?.UI?.RawUI?.BufferSize.Width ?? 0);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Whatever a host throws that has no screen (HostException, NotImplementedException, IOException): a view is no place for it.
                return 0;
            }
        }
    }

    /// <summary>What begins the colours of system, user, assistant and tool, and what ends one; null for none.</summary>
    public string[]? Speakers => !IsColoured ? null :
        [Colour("Foreground", "BrightBlack"), Colour("Foreground", "BrightCyan"), Colour("Foreground", "BrightGreen"), Colour("Foreground", "BrightYellow"), Reset];

    /// <summary>Whether colours are shown: where $PSStyle asks for them, or leaves it to a terminal that can. PowerShell does not take them out of a redirected process's output.</summary>
    public bool IsColoured => _style?.Properties["OutputRendering"]?.Value?.ToString() switch
    {
        "Ansi" => true,
        "Host" => !HostOutput.IsRedirected && engine?.Host?.UI?.SupportsVirtualTerminal == true,
        _ => false,
    };

    private string Reset => _style?.Properties["Reset"]?.Value?.ToString() ?? string.Empty;

    /// <summary>Text beside what matters.</summary>
    public string Faint(string text) => Paint(text, "Foreground", "BrightBlack");

    /// <summary>A word that says how something went: in the colour of errors or of warnings where it went badly.</summary>
    public string Verdict(string word) =>
        Array.IndexOf(Bad, word) >= 0 ? Paint(word, "Formatting", "Error")
        : Array.IndexOf(Doubtful, word) >= 0 ? Paint(word, "Formatting", "Warning")
        : word;

    private string Paint(string text, string group, string name) => IsColoured ? Colour(group, name) + text + Reset : text;

    private string Colour(string group, string name) =>
        _style?.Properties[group]?.Value is object colours ? PSObject.AsPSObject(colours).Properties[name]?.Value?.ToString() ?? string.Empty : string.Empty;
}
