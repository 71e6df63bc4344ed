using System.Globalization;
using System.Text.Json.Nodes;

namespace ApiTools.Core.Tests.Repair;

/// <summary>RFC 6902 over a tree, as its text says it: the slow plain twin of what edits text.</summary>
internal static class PlainPatch
{
    /// <summary>The patched document; null where the patch does not fit.</summary>
    public static JsonNode? Apply(JsonNode document, string patch)
    {
        JsonNode root = document.DeepClone();
        foreach (JsonNode? operation in JsonNode.Parse(patch)!.AsArray())
        {
            if (!Apply(ref root, operation!))
            {
                return null;
            }
        }
        return root;
    }

    private static bool Apply(ref JsonNode root, JsonNode operation)
    {
        string[] path = Tokens(operation["path"]!.GetValue<string>());
        JsonNode? value = operation["value"]?.DeepClone();
        switch (operation["op"]!.GetValue<string>())
        {
            case "add":
                return Add(ref root, path, value);
            case "remove":
                return Remove(root, path);
            case "replace":
                return path.Length == 0 ? Add(ref root, path, value) : Find(root, path, out _) && Set(root, path, value);
            case "test":
                return Find(root, path, out JsonNode? there) && JsonNode.DeepEquals(there, value);
            case "copy":
                return Find(root, Tokens(operation["from"]!.GetValue<string>()), out JsonNode? copied) && Add(ref root, path, copied?.DeepClone());
            default:
                string[] from = Tokens(operation["from"]!.GetValue<string>());
                if (!Find(root, from, out JsonNode? moved) || (path.Length > from.Length && from.SequenceEqual(path.Take(from.Length))))
                {
                    return false;
                }
                JsonNode? clone = moved?.DeepClone();
                return from.SequenceEqual(path) || ((from.Length == 0 || path.Length == 0 || Remove(root, from)) && Add(ref root, path, clone));
        }
    }

    private static bool Add(ref JsonNode root, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            root = value!;
            return true;
        }
        if (!Find(root, path[..^1], out JsonNode? parent))
        {
            return false;
        }
        if (parent is JsonObject members)
        {
            members[path[^1]] = value;
            return true;
        }
        if (parent is not JsonArray items || (path[^1] == "-" ? items.Count : Index(path[^1])) is not int index || index > items.Count)
        {
            return false;
        }
        items.Insert(index, value);
        return true;
    }

    private static bool Set(JsonNode root, string[] path, JsonNode? value)
    {
        Find(root, path[..^1], out JsonNode? parent);
        if (parent is JsonObject members)
        {
            members[path[^1]] = value;
        }
        else
        {
            parent!.AsArray()[Index(path[^1])!.Value] = value;
        }
        return true;
    }

    private static bool Remove(JsonNode root, string[] path)
    {
        if (path.Length == 0 || !Find(root, path, out _))
        {
            return false;
        }
        Find(root, path[..^1], out JsonNode? parent);
        if (parent is JsonObject members)
        {
            return members.Remove(path[^1]);
        }
        parent!.AsArray().RemoveAt(Index(path[^1])!.Value);
        return true;
    }

    private static bool Find(JsonNode? node, string[] path, out JsonNode? found)
    {
        found = node;
        foreach (string token in path)
        {
            if (found is JsonObject members && members.ContainsKey(token))
            {
                found = members[token];
            }
            else if (found is JsonArray items && Index(token) is int index && index < items.Count)
            {
                found = items[index];
            }
            else
            {
                return false;
            }
        }
        return true;
    }

    private static int? Index(string token) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index.ToString(CultureInfo.InvariantCulture) == token ? index : null;

    private static string[] Tokens(string pointer) =>
        pointer.Length == 0 ? [] : [.. pointer[1..].Split('/').Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
}
