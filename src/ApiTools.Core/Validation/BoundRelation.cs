namespace ApiTools.Validation;

/// <summary>A relation of a rule, with the members that decide whether there is anything to check, a bit each.</summary>
/// <param name="Check">Adds what is wrong to the check's findings.</param>
/// <param name="About">Without any of them there is nothing to check; 0 where it is about no one member.</param>
/// <param name="Unless">Where one of them is there and not null there is nothing to check.</param>
internal readonly record struct BoundRelation(RelationCheck Check, ulong About, ulong Unless)
{
    /// <summary>Whether there is anything to check.</summary>
    public bool Applies(in RequestMembers members) => (About == 0 || (members.Present & About) != 0) && (members.Given & Unless) == 0;
}
