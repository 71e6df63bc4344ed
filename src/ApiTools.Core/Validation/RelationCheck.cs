namespace ApiTools.Validation;

/// <summary>Checks an object, and adds what is wrong to the check's findings; the object's place is <see cref="RequestCheck.Path"/>.</summary>
/// <param name="check">The check that asks.</param>
/// <param name="members">Its documented members.</param>
internal delegate void RelationCheck(RequestCheck check, in RequestMembers members);
