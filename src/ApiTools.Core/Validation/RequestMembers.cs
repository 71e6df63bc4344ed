using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>The documented members that an object has. Of a name given twice the last counts, which is what most services read.</summary>
/// <param name="rule">The object's rule.</param>
/// <param name="value">The object.</param>
/// <param name="slots">For each of the rule's members its place on the tape; 0 where it is not there.</param>
internal readonly ref struct RequestMembers(RequestRule rule, JsonSlice value, ReadOnlySpan<int> slots)
{
    private readonly ReadOnlySpan<int> _slots = slots;

    /// <summary>The object's rule.</summary>
    public RequestRule Rule { get; } = rule;

    /// <summary>The object.</summary>
    public JsonSlice Value { get; } = value;

    /// <summary>The member; of no type where it is not there.</summary>
    public JsonSlice this[ReadOnlySpan<byte> name] => Rule.IndexOfMember(name) is int index and >= 0 ? Value.Other(_slots[index]) : default;

    /// <summary>The member of that index in the rule.</summary>
    public JsonSlice At(int index) => Value.Other(_slots[index]);

    /// <summary>What the member of that index in the rule is; None where it is not there.</summary>
    public JsonTokenType TypeAt(int index) => Value.TypeOf(_slots[index]);

    /// <summary>Whether it is there, be it null.</summary>
    public bool Contains(ReadOnlySpan<byte> name) => TypeOf(name) != JsonTokenType.None;

    /// <summary>Whether it is there and not null.</summary>
    public bool Has(ReadOnlySpan<byte> name) => TypeOf(name) is not (JsonTokenType.None or JsonTokenType.Null);

    /// <summary>Whether it is true.</summary>
    public bool IsTrue(ReadOnlySpan<byte> name) => TypeOf(name) == JsonTokenType.True;

    /// <summary>Whether it is this string.</summary>
    public bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text) => this[name].IsText(text);

    private JsonTokenType TypeOf(ReadOnlySpan<byte> name) => Rule.IndexOfMember(name) is int index and >= 0 ? TypeAt(index) : JsonTokenType.None;
}
