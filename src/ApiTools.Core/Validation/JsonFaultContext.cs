using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>Where a reader stood when it met a fault.</summary>
/// <param name="End">The offset just past the last good token.</param>
/// <param name="Last">The last good token; None at the beginning.</param>
/// <param name="Depth">How many objects and arrays are open.</param>
/// <param name="InObject">Whether the innermost of them is an object.</param>
internal readonly record struct JsonFaultContext(int End, JsonTokenType Last, int Depth, bool InObject)
{
    /// <summary>Whether a comma or the container's end has to follow.</summary>
    public bool AfterValue => Depth > 0 && Last is not (JsonTokenType.None or JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.StartArray);
}
