namespace ApiTools.Validation;

/// <summary>Whether an object is one in which no relation of its rule can find anything.</summary>
/// <param name="check">The check that asks.</param>
/// <param name="members">Its documented members.</param>
internal delegate bool PlainObject(RequestCheck check, in RequestMembers members);
