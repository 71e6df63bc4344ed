using System.Globalization;
using System.Text.Json.Nodes;

namespace ApiTools.Core.Tests.Validation;

/// <summary>Applies a JSON Patch (RFC 6902) the plain way: add, remove, replace and move.</summary>
internal static class PatchApplier
{
    public static string Apply(string json, string patch)
    {
        // In a holder, so that the whole document has a parent too.
        JsonObject holder = new() { ["root"] = JsonNode.Parse(json) };
        foreach (JsonNode? operation in JsonNode.Parse(patch)!.AsArray())
        {
            string[] path = Tokens((string)operation!["path"]!);
            switch ((string)operation["op"]!)
            {
                case "add":
                    Add(holder, path, operation["value"]?.DeepClone());
                    break;
                case "replace":
                    Remove(holder, path);
                    Add(holder, path, operation["value"]?.DeepClone());
                    break;
                case "remove":
                    Remove(holder, path);
                    break;
                case "move":
                    Add(holder, path, Remove(holder, Tokens((string)operation["from"]!)));
                    break;
                default:
                    throw new InvalidOperationException(operation.ToJsonString());
            }
        }
        return holder["root"]!.ToJsonString();
    }

    private static string[] Tokens(string pointer) =>
        ["root", .. pointer.Split('/').Skip(1).Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private static JsonNode Parent(JsonObject holder, string[] path)
    {
        JsonNode node = holder;
        foreach (string token in path[..^1])
        {
            node = (node is JsonArray array ? array[Index(token)] : node[token]) ?? throw new InvalidOperationException($"{string.Join('/', path)} has no parent.");
        }
        return node;
    }

    private static void Add(JsonObject holder, string[] path, JsonNode? value)
    {
        JsonNode parent = Parent(holder, path);
        if (parent is JsonArray array)
        {
            array.Insert(path[^1] == "-" ? array.Count : Index(path[^1]), value);
        }
        else
        {
            parent.AsObject()[path[^1]] = value;
        }
    }

    private static JsonNode? Remove(JsonObject holder, string[] path)
    {
        JsonNode parent = Parent(holder, path);
        if (parent is JsonArray array)
        {
            JsonNode? item = array[Index(path[^1])];
            array.RemoveAt(Index(path[^1]));
            return item;
        }
        if (!parent.AsObject().TryGetPropertyValue(path[^1], out JsonNode? value))
        {
            throw new InvalidOperationException($"{string.Join('/', path)} is not there.");
        }
        parent.AsObject().Remove(path[^1]);
        return value;
    }

    private static int Index(string token) => int.Parse(token, CultureInfo.InvariantCulture);
}
