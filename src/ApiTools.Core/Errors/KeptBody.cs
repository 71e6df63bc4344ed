using System.Text;

namespace ApiTools.Errors;

/// <summary>The body of an answer as it is kept: bounded, without secrets, and made a text only for who asks for it.</summary>
internal sealed class KeptBody
{
    // The text, or its UTF-8 until then.
    private object _held;

    /// <param name="text">The body, redacted and bounded.</param>
    public KeptBody(string text) => _held = text;

    /// <param name="utf8">The body, in which no secret is, as short as it may be kept; nobody changes it from now on.</param>
    public KeptBody(byte[] utf8) => _held = utf8;

    /// <summary>The body.</summary>
    public string Text
    {
        get
        {
            object held = _held;
            if (held is byte[] utf8)
            {
                // Whoever else asks meanwhile makes the same of it.
                held = Decode(utf8, utf8.Length);
                _held = held;
            }
            return (string)held;
        }
    }

    /// <summary>The text of a body, without a byte order mark.</summary>
    /// <param name="utf8">Any bytes.</param>
    /// <param name="maximum">How many of the bytes are read at most.</param>
    public static string Decode(byte[] utf8, int maximum)
    {
        string text = Encoding.UTF8.GetString(utf8, 0, Math.Min(utf8.Length, maximum));
        return text.Length > 0 && text[0] == '\ufeff' ? text.Substring(1) : text;
    }
}
