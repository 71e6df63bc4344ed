namespace ApiTools.Repair;

/// <summary>The fix of a finding, read.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Operations">Its JSON Patch.</param>
internal sealed record FixPatch(Finding Finding, IReadOnlyList<PatchOperation> Operations)
{
    /// <summary>The places that it names.</summary>
    public IEnumerable<JsonPointer> Pointers => Operations.SelectMany(operation => operation.Pointers);

    /// <summary>Its operations that are no mere tests.</summary>
    public IEnumerable<PatchOperation> Changes => Operations.Where(operation => operation.Kind != PatchKind.Test);

    /// <summary>Reads a finding's fix; null where it is no JSON Patch.</summary>
    public static FixPatch? Read(Finding finding)
    {
        try
        {
            return new FixPatch(finding, PatchOperation.ReadAll(finding.Fix!));
        }
        catch (ApiRequestException)
        {
            return null;
        }
    }

    /// <summary>
    /// True where all operations can be turned into edits of one and the same text, since none of them needs what another has left: tests
    /// first, then operations on different places, and none that moves the items of an array along under the others.
    /// </summary>
    /// <param name="root">The places in the text.</param>
    public bool IsOneStep(JsonPlace root)
    {
        PatchOperation[] changing = [.. Operations.SkipWhile(operation => operation.Kind == PatchKind.Test)];
        if (changing.Any(operation => operation.Kind == PatchKind.Move && !PatchPlan.IsRename(root, operation)))
        {
            return false;
        }
        return changing.Length <= 1
            || (!changing.Any(operation => operation.Kind == PatchKind.Test || ShiftsItems(root, operation)) && AreApart(changing));
    }

    private static bool ShiftsItems(JsonPlace root, PatchOperation operation) =>
        operation.Kind is PatchKind.Add or PatchKind.Remove or PatchKind.Copy
        && operation.Path.ParentLength >= 0
        && root.Find(operation.Path, operation.Path.ParentLength).IsArray;

    private static bool AreApart(PatchOperation[] operations) =>
        operations.Select((operation, index) => operations.Skip(index + 1).All(other => !operation.Pointers.Any(one => other.Pointers.Any(one.Covers)))).All(apart => apart);
}
