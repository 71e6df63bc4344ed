using System.Text;
using System.Text.RegularExpressions;
using ApiTools.Text;

namespace ApiTools.Schemas;

/// <summary>Makes a schema's pattern, which is ECMAScript's, a regular expression of .NET.</summary>
internal static class SchemaPattern
{
    /// <summary>The expression, which matches anywhere in a text.</summary>
    /// <exception cref="ArgumentException">It is none that .NET understands.</exception>
    public static Regex Make(string pattern) => Patterns.MakeEcmaScript(Translate(pattern));

    // In .NET $ is also before the last line break.
    private static string Translate(string pattern)
    {
        StringBuilder text = new(pattern.Length + 8);
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                text.Append(c).Append(pattern[++i]);
                continue;
            }
            inClass = c == '[' || (inClass && c != ']');
            text.Append(c == '$' && !inClass ? @"(?!\n)$" : c.ToString());
        }
        return text.ToString();
    }
}
