using System.Text.Json;
using ApiTools.Errors;
using ApiTools.Text;

namespace ApiTools.Repair;

/// <summary>Applies a JSON Patch (RFC 6902) to JSON text, so that every byte outside the edits is kept: spaces, order, spelling of numbers, escapes.</summary>
internal static class PatchedText
{
    /// <summary>The text with the patch applied; the same bytes where it changes nothing.</summary>
    /// <param name="utf8Text">Strict JSON; a byte order mark stays where it is.</param>
    /// <param name="patch">The text of a JSON Patch.</param>
    /// <exception cref="ApiException">invalid_value: the text is no JSON, the patch is none, or it does not fit the text; nothing of it is applied.</exception>
    public static byte[] Apply(byte[] utf8Text, string patch)
    {
        IReadOnlyList<PatchOperation> operations = PatchOperation.ReadAll(patch);
        bool marked = utf8Text.AsSpan().StartsWith(Utf8Text.ByteOrderMark);
        byte[] text = marked ? utf8Text.AsSpan(Utf8Text.ByteOrderMark.Length).ToArray() : utf8Text;
        try
        {
            byte[] patched = Apply(text, operations, new EditHistory());
            return ReferenceEquals(patched, text) ? utf8Text : marked ? [.. Utf8Text.ByteOrderMark, .. patched] : patched;
        }
        catch (JsonException)
        {
            throw ApiErrors.PatchInvalid("the text that it is for is no JSON.");
        }
    }

    /// <summary>Applies operations one after the other, each to what the one before has left.</summary>
    /// <param name="text">Strict JSON without a byte order mark.</param>
    /// <param name="operations">A patch.</param>
    /// <param name="history">Takes the edits.</param>
    /// <exception cref="ApiException">invalid_value: it does not fit the text.</exception>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static byte[] Apply(byte[] text, IReadOnlyList<PatchOperation> operations, EditHistory history)
    {
        foreach (PatchOperation operation in operations)
        {
            JsonPlace root = JsonPlace.Locate(text, operation.Pointers);
            if (operation.Kind != PatchKind.Move || PatchPlan.IsRename(root, operation))
            {
                text = history.Make(text, PatchPlan.Edits(text, root, operation));
            }
            else
            {
                text = Move(text, root, operation, history);
            }
        }
        return text;
    }

    // RFC 6902 section 4.4: a removal and an addition, the one after the other.
    private static byte[] Move(byte[] text, JsonPlace root, PatchOperation move, EditHistory history)
    {
        byte[] value = PatchPlan.ValueAt(text, root, move.From!);
        if (move.Path.IsWithin(move.From!))
        {
            throw ApiErrors.PatchInvalid("it moves a value into itself.");
        }
        if (move.Path.Tokens.SequenceEqual(move.From!.Tokens))
        {
            return text;
        }
        PatchOperation[] steps = move.Path.ParentLength < 0
            ? [new(PatchKind.Replace, move.Path, null, value)]
            : [new(PatchKind.Remove, move.From, null, []), new(PatchKind.Add, move.Path, null, value)];
        return Apply(text, steps, history);
    }
}
