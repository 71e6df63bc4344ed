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

    /// <summary>
    /// The text as an argument: as it is where that reads well, quoted where PowerShell would read anything but a plain word (a name that begins with a
    /// hyphen is a parameter). What a service calls a model is untrusted: no control character of it stays.
    /// </summary>
    public static string Argument(string text) => text.Length > 0 && text[0] != '-' && text.All(IsPlain) ? text : Quote(VisibleText.Line(text));

    private static bool IsPlain(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.' or '/' or ':';
}
