namespace ApiTools.Repair;

/// <summary>Applies the fixes of findings to a draft, a round of them at a time.</summary>
internal sealed class FixRounds(RepairDraft draft, CancellationToken cancellationToken)
{
    /// <summary>
    /// Applies all fixes that do not touch each other at once, so that a request with many takes few rounds; what waits for another has its turn in the
    /// next.
    /// </summary>
    /// <returns>Whether anything has changed.</returns>
    public bool Apply(IReadOnlyCollection<FixPatch> fixes)
    {
        if (fixes.Count == 0)
        {
            return false;
        }
        JsonPlace root = JsonPlace.Locate(draft.Text, fixes.SelectMany(fix => fix.Pointers));
        FixRound round = new(draft.Text, root);
        foreach (FixPatch fix in fixes.Where(round.TryAdd))
        {
            foreach (PatchOperation operation in fix.Changes)
            {
                draft.Note(FixDescription.Of(draft.Text, root, fix.Finding, operation));
            }
        }
        return draft.Edit(round.Edits) || fixes.Any(ApplyInSteps);
    }

    /// <summary>Applies one fix, an operation after the other; false where it changes nothing, or does not fit.</summary>
    public bool ApplyInSteps(FixPatch fix)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // On trial: a patch is applied whole or not at all.
            if (ReferenceEquals(PatchedText.Apply(draft.Text, fix.Operations, new EditHistory()), draft.Text))
            {
                return false;
            }
        }
        catch (ApiRequestException)
        {
            return false;
        }
        foreach (PatchOperation operation in fix.Changes)
        {
            draft.Note(FixDescription.Of(draft.Text, JsonPlace.Locate(draft.Text, operation.Pointers), fix.Finding, operation));
            draft.Apply(operation);
        }
        return true;
    }
}
