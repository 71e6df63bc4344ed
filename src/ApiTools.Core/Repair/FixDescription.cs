using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>Says what an operation of a fix changes: where, from what, to what.</summary>
internal static class FixDescription
{
    /// <summary>The change.</summary>
    /// <param name="text">The text before it.</param>
    /// <param name="root">The places in it, the operation's among them.</param>
    /// <param name="finding">What it is the fix of.</param>
    /// <param name="operation">The operation.</param>
    public static ChangeDraft Of(byte[] text, JsonPlace root, Finding finding, PatchOperation operation)
    {
        if (operation.Kind == PatchKind.Move)
        {
            RequestPath from = Path(root, operation.From!);
            return new ChangeDraft(root.Find(operation.From!).Member.NameStart, finding.Code, from.Param, finding.Message, from.Param, Path(root, operation.Path).Param);
        }
        JsonPlace place = root.Find(operation.Path);
        string? before = place.IsThere ? ChangeDraft.Shown(text.AsSpan(place.Member.Start, place.Member.End - place.Member.Start)) : null;
        string? after = operation.Kind switch
        {
            PatchKind.Remove => null,
            PatchKind.Copy => ChangeDraft.Shown(PatchPlan.ValueAt(text, root, operation.From!)),
            _ => ChangeDraft.Shown(operation.Value),
        };
        return new ChangeDraft(Offset(root, operation.Path), finding.Code, Path(root, operation.Path).Param, finding.Message, before, after);
    }

    // Where the thing stands; where it does not yet, what is to hold it.
    private static int Offset(JsonPlace root, JsonPointer pointer)
    {
        JsonPlace place = root.Find(pointer);
        return place.IsThere || pointer.ParentLength < 0 ? place.Member.Start : root.Find(pointer, pointer.ParentLength).Member.Start;
    }

    private static RequestPath Path(JsonPlace root, JsonPointer pointer)
    {
        RequestPath path = RequestPath.Root;
        for (int i = 0; i < pointer.Tokens.Count; i++)
        {
            JsonPlace parent = root.Find(pointer, i);
            path = parent.IsArray ? path.Item(JsonPointer.Index(pointer.Tokens[i]) ?? parent.Count) : path.Member(pointer.Tokens[i]);
        }
        return path;
    }
}
