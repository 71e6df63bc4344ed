using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>The documented members that an object has. Of a name given twice the last counts, which is what most services read.</summary>
/// <param name="rule">The object's rule.</param>
/// <param name="value">The object.</param>
/// <param name="tape">The tape that it is on.</param>
/// <param name="slots">For each of the rule's members its place on the tape; anything where it is not there.</param>
/// <param name="present">Which of them are there, a bit each.</param>
/// <param name="given">Which of them are there and not null.</param>
internal readonly ref struct RequestMembers(RequestRule rule, JsonSlice value, JsonTape tape, ReadOnlySpan<int> slots, ulong present, ulong given)
{
    private readonly JsonTape _tape = tape;
    private readonly ReadOnlySpan<int> _slots = slots;

    /// <summary>The object's rule.</summary>
    public RequestRule Rule { get; } = rule;

    /// <summary>The object.</summary>
    public JsonSlice Value { get; } = value;

    /// <summary>Which members are there, a bit each; the lowest is the rule's first.</summary>
    public ulong Present { get; } = present;

    /// <summary>Which members are there and not null.</summary>
    public ulong Given { get; } = given;

    /// <summary>The member; of no type where it is not there.</summary>
    public JsonSlice this[MemberName name] => At(Rule.IndexOfMember(name));

    /// <summary>The member of that index in the rule; of no type for -1.</summary>
    public JsonSlice At(int index) => IsIn(Present, index) ? new JsonSlice(_tape, _slots[index]) : default;

    /// <summary>What the member of that index in the rule is; None where it is not there, and for -1.</summary>
    public JsonTokenType TypeAt(int index) => IsIn(Present, index) ? _tape[_slots[index]].Type : JsonTokenType.None;

    /// <summary>Whether it is there, be it null.</summary>
    public bool Contains(MemberName name) => IsIn(Present, Rule.IndexOfMember(name));

    /// <summary>Whether it is there and not null.</summary>
    public bool Has(MemberName name) => IsIn(Given, Rule.IndexOfMember(name));

    /// <summary>Whether it is true.</summary>
    public bool IsTrue(MemberName name) => TypeAt(Rule.IndexOfMember(name)) == JsonTokenType.True;

    /// <summary>Whether it is this string.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(MemberName name, ReadOnlySpan<byte> text) => this[name].IsText(text);

    private static bool IsIn(ulong set, int index) => index >= 0 && ((set >> index) & 1) != 0;
}
