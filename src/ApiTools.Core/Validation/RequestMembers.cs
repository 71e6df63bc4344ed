using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>The documented members that an object has. Of a name given twice the last counts, which is what most services read.</summary>
/// <param name="rule">The object's rule.</param>
/// <param name="value">The object.</param>
/// <param name="slots">A value for each of the rule's members; of no type where it is not there.</param>
internal readonly ref struct RequestMembers(RequestRule rule, JsonSlice value, ReadOnlySpan<JsonSlice> slots)
{
    private readonly ReadOnlySpan<JsonSlice> _slots = slots;

    /// <summary>The object's rule.</summary>
    public RequestRule Rule { get; } = rule;

    /// <summary>The object.</summary>
    public JsonSlice Value { get; } = value;

    /// <summary>The member; of no type where it is not there.</summary>
    public JsonSlice this[string name] => Rule.IndexOfMember(name) is int index and >= 0 ? _slots[index] : default;

    /// <summary>The member of that index in the rule.</summary>
    public JsonSlice At(int index) => _slots[index];

    /// <summary>Whether it is there, be it null.</summary>
    public bool Contains(string name) => this[name].Type != JsonTokenType.None;

    /// <summary>Whether it is there and not null.</summary>
    public bool Has(string name) => this[name].Type is not (JsonTokenType.None or JsonTokenType.Null);

    /// <summary>Whether it is true.</summary>
    public bool IsTrue(string name) => this[name].Type == JsonTokenType.True;

    /// <summary>Whether it is this string.</summary>
    public bool Is(string name, ReadOnlySpan<byte> text) => this[name].IsText(text);
}
