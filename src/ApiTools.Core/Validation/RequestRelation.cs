namespace ApiTools.Validation;

/// <summary>Checks what the members of an object demand of each other, and adds what is wrong to the check's findings.</summary>
/// <param name="check">The check that asks.</param>
/// <param name="path">The object's place.</param>
/// <param name="value">The object.</param>
/// <param name="members">Its documented members by name; of a name given twice the last, which is what most services read.</param>
internal delegate void RequestRelation(RequestCheck check, RequestPath path, JsonSlice value, IReadOnlyDictionary<string, JsonSlice> members);
