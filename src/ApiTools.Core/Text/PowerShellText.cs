using System.Text;

namespace ApiTools.Text;

/// <summary>Writes text so that PowerShell reads it as a literal, in a command that a person is to paste.</summary>
internal static class PowerShellText
{
    /// <summary>The text as a single-quoted string. PowerShell takes the typographic quotes for apostrophes too, so each is doubled.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new("'");
        foreach (char c in text)
        {
            if (c is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b')
            {
                quoted.Append(c);
            }
            quoted.Append(c);
        }
        return quoted.Append('\'').ToString();
    }
}
