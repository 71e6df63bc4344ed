using System.Text.Json;

namespace ApiTools.Errors;

/// <summary>A value in an <see cref="ErrorTree"/>: where it and its name stand in the body, and which values are beside and below it.</summary>
internal struct ErrorRow
{
    /// <summary>StartObject, StartArray, String, Number, True, False or Null.</summary>
    public JsonTokenType Kind;

    /// <summary>Whether the text has escapes.</summary>
    public bool IsEscaped;

    /// <summary>Whether the name has escapes.</summary>
    public bool IsNameEscaped;

    /// <summary>Where the value's text begins, without its quotation mark.</summary>
    public int Start;

    /// <summary>The bytes of the value's text.</summary>
    public int Length;

    /// <summary>Where the name begins, without its quotation mark.</summary>
    public int NameStart;

    /// <summary>The bytes of the name.</summary>
    public int NameLength;

    /// <summary>The first value within; 0 for none.</summary>
    public int FirstChild;

    /// <summary>The next value beside it; 0 for none.</summary>
    public int Next;
}
