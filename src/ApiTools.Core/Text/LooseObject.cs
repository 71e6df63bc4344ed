using System.Globalization;
using System.Text;

namespace ApiTools.Text;

/// <summary>
/// Reads an object as Python's <c>repr</c>, Node's <c>util.inspect</c>, Ruby's <c>inspect</c> or JSON itself write it, and gives it as JSON: quotes of
/// either kind, names without any, <c>None</c>, <c>True</c>, <c>undefined</c>, <c>Headers { ... }</c>, <c>[Object]</c>, strings joined by <c>+</c>.
/// Where the text breaks off, what is open is closed.
/// </summary>
internal sealed class LooseObject
{
    private const int MaximumDepth = 64;

    // So far the end is looked for of what Python writes of an object without a form of its own.
    private const int LongestObject = 200;

    private readonly string _text;
    private readonly StringBuilder _json = new();
    private int _at;

    private LooseObject(string text, int start)
    {
        _text = text;
        _at = start;
    }

    /// <summary>The object that begins at a brace, as JSON.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="start">Where the brace or bracket stands.</param>
    /// <param name="end">Where the object ends.</param>
    public static string ToJson(string text, int start, out int end)
    {
        LooseObject reader = new(text, start);
        reader.ReadValue(0);
        end = reader._at;
        return reader._json.ToString();
    }

    private bool AtEnd => _at >= _text.Length;

    private char Here => _text[_at];

    private void ReadValue(int depth)
    {
        SkipBlanks();
        if (AtEnd)
        {
            _json.Append("null");
        }
        else if (depth == MaximumDepth)
        {
            _json.Append("null");
            _at = _text.Length;
        }
        else if (Here == '{')
        {
            ReadObject(depth);
        }
        else if (Here is '[' or '(')
        {
            ReadArray(depth);
        }
        else if (StringStart() is int quote)
        {
            _at = quote;
            AppendStrings();
        }
        else
        {
            ReadWord(depth);
        }
    }

    private void ReadObject(int depth)
    {
        _at++;
        _json.Append('{');
        bool any = false;
        while (NextMember('}'))
        {
            if (ReadName() is string name)
            {
                _json.Append(any ? "," : string.Empty);
                AppendString(name);
                _json.Append(':');
                ReadValue(depth + 1);
                any = true;
            }
        }
        _json.Append('}');
    }

    private void ReadArray(int depth)
    {
        char close = Here == '[' ? ']' : ')';
        if (IsOpaque())
        {
            SkipTo(close);
            _json.Append("null");
            return;
        }
        _at++;
        _json.Append('[');
        bool any = false;
        while (NextMember(close))
        {
            int before = _at;
            _json.Append(any ? "," : string.Empty);
            ReadValue(depth + 1);
            any = true;
            _at += _at == before ? 1 : 0;
        }
        _json.Append(']');
    }

    // Node's [Object], [Array], [Function: x], [AbortSignal], [Getter/Setter]: what it did not write out.
    private bool IsOpaque() => Here == '[' && _at + 1 < _text.Length && _text[_at + 1] is >= 'A' and <= 'Z' && !IsWord(_at + 1, "True", "False", "None");

    private bool IsWord(int start, params string[] words) => Array.Exists(words, word => string.CompareOrdinal(_text, start, word, 0, word.Length) == 0);

    // False at the end of the object, which is then behind.
    private bool NextMember(char close)
    {
        while (!AtEnd && (char.IsWhiteSpace(Here) || Here is ',' or ';'))
        {
            _at++;
        }
        if (AtEnd)
        {
            return false;
        }
        if (Here == close || Here is '}' or ']' or ')')
        {
            _at++;
            return false;
        }
        return true;
    }

    // Null where there is no name: the place is then behind.
    private string? ReadName()
    {
        string name;
        if (StringStart() is int quote)
        {
            _at = quote;
            int end = PlainEnd();
            name = end < 0 ? ReadString(new StringBuilder()).ToString() : _text.Substring(quote + 1, end - quote - 1);
            _at = end < 0 ? _at : end + 1;
        }
        else if (Here == '[')
        {
            int start = _at;
            SkipTo(']');
            name = _text.Substring(start, _at - start);
        }
        else
        {
            // Ruby's symbols have a colon before them.
            _at += Here == ':' ? 1 : 0;
            int start = _at;
            while (!AtEnd && Here is not (':' or '=' or ',' or '}' or '\n'))
            {
                _at++;
            }
            name = _text.Substring(start, _at - start).Trim();
        }
        SkipBlanks();
        if (!AtEnd && Here == ':')
        {
            _at++;
            return name;
        }
        if (!AtEnd && Here == '=')
        {
            _at += _at + 1 < _text.Length && _text[_at + 1] == '>' ? 2 : 1;
            return name;
        }
        return null;
    }

    // A quotation mark, with Python's b, r, u or f before it.
    private int? StringStart()
    {
        int at = _at;
        if (_text[at] is 'b' or 'r' or 'u' or 'f' or 'B' && at + 1 < _text.Length)
        {
            at++;
        }
        return _text[at] is '\'' or '"' or '`' ? at : null;
    }

    // Node breaks a long string into several, with a plus between. Most are one, without an escape.
    private void AppendStrings()
    {
        int start = _at + 1;
        int end = PlainEnd();
        if (end < 0)
        {
            AppendString(ReadStrings(new StringBuilder()));
            return;
        }
        _at = end + 1;
        if (NextString())
        {
            AppendString(ReadStrings(new StringBuilder(_text, start, end - start, end - start)));
        }
        else
        {
            AppendString(_text, start, end - start);
        }
    }

    private string ReadStrings(StringBuilder text)
    {
        do
        {
            ReadString(text);
        }
        while (NextString());
        return text.ToString();
    }

    // True where a plus and another string follow, at which the place is then.
    private bool NextString()
    {
        int before = _at;
        SkipBlanks();
        if (!AtEnd && Here == '+')
        {
            _at++;
            SkipBlanks();
            if (!AtEnd && Here is '\'' or '"' or '`')
            {
                return true;
            }
        }
        _at = before;
        return false;
    }

    // Where the string that begins here has its other quotation mark; negative where it has none, or an escape before it.
    private int PlainEnd()
    {
        int length = _text.AsSpan(_at + 1).IndexOfAny(Here, '\\');
        return length >= 0 && _text[_at + 1 + length] == Here ? _at + 1 + length : -1;
    }

    private StringBuilder ReadString(StringBuilder text)
    {
        char quote = Here;
        _at++;
        while (!AtEnd && Here != quote)
        {
            if (Here == '\\' && _at + 1 < _text.Length)
            {
                _at++;
                AppendEscape(text);
            }
            else
            {
                text.Append(Here);
            }
            _at++;
        }
        _at++;
        return text;
    }

    private void AppendEscape(StringBuilder text)
    {
        switch (Here)
        {
            case 'n':
                text.Append('\n');
                break;
            case 't':
                text.Append('\t');
                break;
            case 'r':
                text.Append('\r');
                break;
            case 'x':
                AppendCode(text, 2);
                break;
            case 'u':
                AppendCode(text, 4);
                break;
            case '\n':
                break;
            default:
                text.Append(Here);
                break;
        }
    }

    private void AppendCode(StringBuilder text, int digits)
    {
        if (_at + digits < _text.Length
            && int.TryParse(_text.Substring(_at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code))
        {
            text.Append((char)code);
            _at += digits;
        }
        else
        {
            text.Append(Here);
        }
    }

    private void ReadWord(int depth)
    {
        int start = _at;
        SkipPythonObject();
        while (!AtEnd && Here is not (',' or '}' or ']' or ')' or '{' or '\n' or '\r'))
        {
            _at++;
        }
        // Headers { ... }, Map(2) { ... }, [Object: null prototype] { ... }: the class, then what it holds.
        if (!AtEnd && Here == '{')
        {
            ReadObject(depth);
            return;
        }
        string word = _text.Substring(start, _at - start).Trim();
        switch (word)
        {
            case "True" or "true":
                _json.Append("true");
                break;
            case "False" or "false":
                _json.Append("false");
                break;
            case "None" or "null" or "undefined" or "nil" or "":
                _json.Append("null");
                break;
            default:
                AppendNumber(word);
                break;
        }
    }

    // <Response [429]>, <function f at 0x7f>: the brackets in it close nothing.
    private void SkipPythonObject()
    {
        if (Here == '<' && _text.IndexOf('>', _at, Math.Min(LongestObject, _text.Length - _at)) is int end and >= 0)
        {
            _at = end + 1;
        }
    }

    private void AppendNumber(string word)
    {
        if (word.Length < 20 && word.All(c => c is >= '0' and <= '9') && (word[0] != '0' || word.Length == 1))
        {
            _json.Append(word);
        }
        else
        {
            AppendString(word);
        }
    }

    private void AppendString(string text) => AppendString(text, 0, text.Length);

    private void AppendString(string text, int start, int length)
    {
        _json.Append('"');
        int copied = start;
        int end = start + length;
        for (int i = start; i < end; i++)
        {
            char c = text[i];
            if (c is '"' or '\\' or < ' ')
            {
                _json.Append(text, copied, i - copied);
                _json.Append('\\').Append(c < ' ' ? "u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture) : c.ToString());
                copied = i + 1;
            }
        }
        _json.Append(text, copied, end - copied).Append('"');
    }

    private void SkipTo(char close)
    {
        int end = _text.IndexOf(close, _at);
        _at = end < 0 ? _text.Length : end + 1;
    }

    private void SkipBlanks()
    {
        while (!AtEnd && char.IsWhiteSpace(Here))
        {
            _at++;
        }
    }
}
