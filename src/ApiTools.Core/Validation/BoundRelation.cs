using System.Text;
using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>A relation of a rule, with what decides whether there is anything to check: of ordinary requests there seldom is.</summary>
/// <param name="relation">The relation.</param>
/// <param name="about">The index of the member that it is about; -1 for none.</param>
/// <param name="unless">The index of the member that leaves nothing to check; -1 for none.</param>
internal sealed class BoundRelation(RequestRelation relation, int about, int unless)
{
    private readonly ulong _unless = unless < 0 ? 0 : 1UL << unless;
    private readonly JsonTokenType _type = relation.Type;
    private readonly byte[]? _text = relation.Is is null ? null : Encoding.UTF8.GetBytes(relation.Is);

    /// <summary>The index of the member that it is about; -1 for none.</summary>
    public int About { get; } = about;

    /// <summary>Adds what is wrong to the check's findings.</summary>
    public RelationCheck Check { get; } = relation.Check;

    /// <summary>Whether there is anything to check in an object that has the member that it is about.</summary>
    public bool Applies(in RequestMembers members) =>
        (members.Given & _unless) == 0
        && (_type == JsonTokenType.None || members.TypeAt(About) == _type)
        && (_text is null || members.At(About).IsText(_text));
}
