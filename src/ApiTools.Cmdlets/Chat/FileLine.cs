using System.Management.Automation;
using System.Text;

namespace ApiTools.Cmdlets;

/// <summary>A line of a file as a completion's Input and an error's target show it: its text, which knows its file and number.</summary>
internal static class FileLine
{
    /// <summary>The text, with the properties Path and LineNumber.</summary>
    public static PSObject Create(byte[] line, string file, int number)
    {
        PSObject text = new(Encoding.UTF8.GetString(line));
        text.Properties.Add(new PSNoteProperty("Path", file));
        text.Properties.Add(new PSNoteProperty("LineNumber", number));
        return text;
    }
}
