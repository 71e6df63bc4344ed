using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>One name or value of a JSON text: where it stands, and where on the tape what follows it does.</summary>
internal struct JsonTapeEntry
{
    /// <summary>The offset of its first byte: a string's opening quote, an object's brace.</summary>
    public int Start;

    /// <summary>The offset past its last byte.</summary>
    public int End;

    /// <summary>The place on the tape past it and all that it holds.</summary>
    public int Next;

    /// <summary>What it is; a container by its beginning.</summary>
    public JsonTokenType Type;

    /// <summary>Whether a string or a name has a backslash in it.</summary>
    public bool IsEscaped;
}
