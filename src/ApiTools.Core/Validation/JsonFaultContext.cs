using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>Where a reader stood when it met a fault.</summary>
/// <param name="End">The offset just past the last good token.</param>
/// <param name="Last">The last good token; None at the beginning.</param>
/// <param name="Open">The objects and arrays that are open, the outermost first.</param>
/// <param name="FirstLine">The number of the text's first line.</param>
internal readonly record struct JsonFaultContext(int End, JsonTokenType Last, JsonOpening[] Open, int FirstLine)
{
    /// <summary>How many objects and arrays are open.</summary>
    public int Depth => Open.Length;

    /// <summary>The innermost of them; there is one where the depth is not 0.</summary>
    public JsonOpening Innermost => Open[Open.Length - 1];

    /// <summary>Whether the innermost of them is an object.</summary>
    public bool InObject => Open.Length > 0 && Innermost.IsObject;

    /// <summary>Whether a comma or the container's end has to follow.</summary>
    public bool AfterValue => Depth > 0 && Last is not (JsonTokenType.None or JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.StartArray);
}
