namespace ApiTools.Repair;

/// <summary>A member of an object or an item of an array, as offsets in its text.</summary>
/// <param name="PreviousEnd">Where the sibling before it ends; -1 where it is the first.</param>
/// <param name="NameStart">Where its name begins; where an item begins.</param>
/// <param name="NameEnd">Where its name ends, before the colon; -1 for an item.</param>
/// <param name="Start">Where its value begins.</param>
/// <param name="End">Where its value ends.</param>
internal readonly record struct JsonMember(int PreviousEnd, int NameStart, int NameEnd, int Start, int End);
