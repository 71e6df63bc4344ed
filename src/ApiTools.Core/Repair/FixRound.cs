namespace ApiTools.Repair;

/// <summary>Fixes that are applied to one text at once, since none touches what another does.</summary>
/// <param name="text">The text.</param>
/// <param name="root">The places in it, all of the fixes' among them.</param>
internal sealed class FixRound(byte[] text, JsonPlace root)
{
    private readonly EditSet _edits = new();
    private readonly TouchedPlaces _touched = new();

    /// <summary>The edits of all fixes that were added.</summary>
    public IReadOnlyList<TextEdit> Edits => _edits.Edits;

    /// <summary>Adds a fix; false where it takes several steps, touches what another does, changes nothing, or does not fit.</summary>
    public bool TryAdd(FixPatch fix)
    {
        if (!fix.IsOneStep(root) || fix.Pointers.Any(_touched.Covers))
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
                    if (_edits.Conflicts(edit) || edits.Exists(edit.Conflicts))
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
        edits.ForEach(_edits.Add);
        foreach (JsonPointer pointer in fix.Pointers)
        {
            _touched.Add(pointer);
        }
        return true;
    }
}
