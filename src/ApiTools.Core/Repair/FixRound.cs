namespace ApiTools.Repair;

/// <summary>Fixes that are applied to one text at once, since none touches what another does.</summary>
/// <param name="text">The text.</param>
/// <param name="root">The places in it, all of the fixes' among them.</param>
internal sealed class FixRound(byte[] text, JsonPlace root)
{
    private readonly List<TextEdit> _edits = [];
    private readonly List<JsonPointer> _touched = [];

    /// <summary>The edits of all fixes that were added.</summary>
    public IReadOnlyList<TextEdit> Edits => _edits;

    /// <summary>Adds a fix; false where it takes several steps, touches what another does, changes nothing, or does not fit.</summary>
    public bool TryAdd(FixPatch fix)
    {
        if (!fix.IsOneStep(root) || fix.Pointers.Any(pointer => _touched.Exists(pointer.Covers)))
        {
            return false;
        }
        List<TextEdit> edits = [];
        try
        {
            foreach (PatchOperation operation in fix.Operations)
            {
                foreach (TextEdit edit in PatchPlan.Edits(text, root, operation))
                {
                    if (_edits.Exists(edit.Conflicts) || edits.Exists(edit.Conflicts))
                    {
                        return false;
                    }
                    edits.Add(edit);
                }
            }
        }
        catch (ApiRequestException)
        {
            return false;
        }
        if (edits.TrueForAll(edit => edit.ChangesNothing(text)))
        {
            return false;
        }
        _edits.AddRange(edits);
        _touched.AddRange(fix.Pointers);
        return true;
    }
}
