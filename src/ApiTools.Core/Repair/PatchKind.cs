namespace ApiTools.Repair;

/// <summary>The operations of RFC 6902, section 4.</summary>
internal enum PatchKind
{
    Add,
    Remove,
    Replace,
    Move,
    Copy,
    Test,
}
