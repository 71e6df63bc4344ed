using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ApiTools.Errors;

namespace ApiTools.Repair;

/// <summary>
/// Turns one operation of a patch into edits of a JSON text, so that every byte outside them is kept. What is put in is spaced as what stands
/// beside it, and what is taken out takes its comma with it, and its line where it was alone there.
/// </summary>
internal static class PatchPlan
{
    // Longer gaps are no style to follow.
    private const int LongestGap = 256;

    /// <summary>The edits; none for a test that holds, and for what is so already.</summary>
    /// <param name="text">Strict JSON without a byte order mark.</param>
    /// <param name="root">The places in it, all of the operation's among them.</param>
    /// <param name="operation">Not a move, but for one that only renames a member (<see cref="IsRename"/>).</param>
    /// <exception cref="ApiException">invalid_value: the patch does not fit the text.</exception>
    public static IReadOnlyList<TextEdit> Edits(ReadOnlySpan<byte> text, JsonPlace root, PatchOperation operation)
    {
        switch (operation.Kind)
        {
            case PatchKind.Add:
                return [Add(text, root, operation.Path, operation.Value)];
            case PatchKind.Copy:
                return [Add(text, root, operation.Path, ValueAt(text, root, operation.From!))];
            case PatchKind.Replace:
                return [Replace(There(root, operation.Path), operation.Value)];
            case PatchKind.Remove:
                return [Remove(root, operation.Path)];
            case PatchKind.Test:
                Test(text, root, operation);
                return [];
            default:
                return [Rename(root, operation)];
        }
    }

    /// <summary>Whether a move only gives a member another name, in its place.</summary>
    public static bool IsRename(JsonPlace root, PatchOperation operation) =>
        operation.Kind == PatchKind.Move
        && operation.Path.IsSibling(operation.From!)
        && operation.Path.Last != operation.From!.Last
        && root.Find(operation.Path, operation.Path.ParentLength).IsObject
        && root.Find(operation.From).IsThere
        && !root.Find(operation.Path).IsThere;

    /// <summary>The text of the value at a place.</summary>
    /// <exception cref="ApiException">invalid_value: there is none.</exception>
    public static byte[] ValueAt(ReadOnlySpan<byte> text, JsonPlace root, JsonPointer pointer)
    {
        JsonMember member = There(root, pointer).Member;
        return text.Slice(member.Start, member.End - member.Start).ToArray();
    }

    /// <summary>The range of text that goes with members or items, from the first of them to the last.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="last">The last of them.</param>
    /// <param name="nextStart">Where what follows them begins; -1 where they are the last.</param>
    /// <param name="container">What holds them.</param>
    public static TextEdit Removal(JsonMember first, JsonMember last, int nextStart, JsonMember container) =>
        first.PreviousEnd >= 0 ? new(first.PreviousEnd, last.End, [])
        : nextStart >= 0 ? new(first.NameStart, nextStart, [])
        : new(container.Start + 1, container.End - 1, []);

    private static TextEdit Add(ReadOnlySpan<byte> text, JsonPlace root, JsonPointer path, byte[] value)
    {
        if (path.ParentLength < 0)
        {
            return Replace(root, value);
        }
        JsonPlace parent = root.Find(path, path.ParentLength);
        JsonPlace place = root.Find(path);
        if (parent.IsObject)
        {
            return place.IsThere ? Replace(place, value) : Append(text, parent, Name(path.Last), value);
        }
        if (!parent.IsArray)
        {
            throw Misfit(path, "there is neither an object nor an array to add to");
        }
        if (path.Last == "-" || JsonPointer.Index(path.Last) == parent.Count)
        {
            return Append(text, parent, [], value);
        }
        return place.IsThere ? InsertBefore(text, parent, place, value) : throw Misfit(path, "the array has no such index");
    }

    private static TextEdit Append(ReadOnlySpan<byte> text, JsonPlace parent, byte[] name, byte[] value)
    {
        if (parent.Count == 0)
        {
            int inside = parent.Member.Start + 1;
            return new(inside, inside, Join([], name, name.Length > 0 ? ":"u8 : default, value));
        }
        JsonMember last = parent.LastChild;
        ReadOnlySpan<byte> colon = last.NameEnd < 0 ? default : Gap(text, last.NameEnd, last.Start, ":"u8);
        return new(last.End, last.End, Join(Separator(text, parent, last), name, colon, value));
    }

    private static TextEdit InsertBefore(ReadOnlySpan<byte> text, JsonPlace parent, JsonPlace place, byte[] value)
    {
        JsonMember member = place.Member;
        ReadOnlySpan<byte> separator = member.PreviousEnd < 0 && place.NextStart >= 0
            ? Gap(text, member.End, place.NextStart, ","u8)
            : Separator(text, parent, member);
        return new(member.Start, member.Start, [.. value, .. separator]);
    }

    // What stands between two neighbours: the comma, and the blanks or the line end around it. Beside one alone, the blanks before that one.
    private static ReadOnlySpan<byte> Separator(ReadOnlySpan<byte> text, JsonPlace parent, JsonMember member)
    {
        if (member.PreviousEnd >= 0)
        {
            return Gap(text, member.PreviousEnd, member.NameStart, ","u8);
        }
        int inside = parent.Member.Start + 1;
        bool airy = member.NameStart == inside && member.NameEnd >= 0 && text[member.Start - 1] == ' ';
        return airy ? ", "u8 : (byte[])[(byte)',', .. Gap(text, inside, member.NameStart, default)];
    }

    private static ReadOnlySpan<byte> Gap(ReadOnlySpan<byte> text, int start, int end, ReadOnlySpan<byte> otherwise) =>
        end - start <= LongestGap ? text.Slice(start, end - start) : otherwise;

    private static TextEdit Replace(JsonPlace place, byte[] value) => new(place.Member.Start, place.Member.End, value);

    private static TextEdit Remove(JsonPlace root, JsonPointer path)
    {
        JsonPlace place = There(root, path);
        return path.ParentLength < 0
            ? throw Misfit(path, "the whole document cannot be removed")
            : Removal(place.Member, place.Member, place.NextStart, root.Find(path, path.ParentLength).Member);
    }

    private static TextEdit Rename(JsonPlace root, PatchOperation operation)
    {
        JsonMember member = root.Find(operation.From!).Member;
        return new(member.NameStart, member.NameEnd, Name(operation.Path.Last));
    }

    private static void Test(ReadOnlySpan<byte> text, JsonPlace root, PatchOperation operation)
    {
        if (!JsonValues.AreEqual(ValueAt(text, root, operation.Path), operation.Value))
        {
            throw Misfit(operation.Path, "the value there is not the one that it tests for");
        }
    }

    private static JsonPlace There(JsonPlace root, JsonPointer pointer)
    {
        JsonPlace place = root.Find(pointer);
        return place.IsThere ? place : throw Misfit(pointer, "there is nothing");
    }

    private static byte[] Name(string name) =>
        Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");

    private static byte[] Join(ReadOnlySpan<byte> separator, byte[] name, ReadOnlySpan<byte> colon, byte[] value) =>
        [.. separator, .. name, .. colon, .. value];

    private static ApiException Misfit(JsonPointer path, string why) =>
        ApiErrors.PatchInvalid($"it does not fit the text: at '/{string.Join("/", path.Tokens)}', {why}.");
}
