using System.Text;

namespace ApiTools.Validation;

/// <summary>A relation of a rule, with what decides whether there is anything to check: of ordinary requests there seldom is.</summary>
/// <param name="relation">The relation.</param>
/// <param name="about">The index of the member that it is about; -1 for none.</param>
/// <param name="unless">The index of the member that leaves nothing to check; -1 for none.</param>
internal sealed class BoundRelation(RequestRelation relation, int about, int unless)
{
    private readonly ulong _about = about < 0 ? 0 : 1UL << about;
    private readonly ulong _unless = unless < 0 ? 0 : 1UL << unless;
    private readonly byte[]? _text = relation.Is is null ? null : Encoding.UTF8.GetBytes(relation.Is);

    /// <summary>Adds what is wrong to the check's findings.</summary>
    public RelationCheck Check { get; } = relation.Check;

    /// <summary>Whether there is anything to check.</summary>
    public bool Applies(in RequestMembers members) =>
        (members.Present & _about) == _about && (members.Given & _unless) == 0 && (_text is null || members.At(about).IsText(_text));
}
