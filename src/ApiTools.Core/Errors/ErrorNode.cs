using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ApiTools.Errors;

/// <summary>A value of an error body.</summary>
internal readonly struct ErrorNode(ErrorTree tree, int index)
{
    /// <summary>StartObject, StartArray, String, Number, True, False or Null.</summary>
    public JsonTokenType Kind => tree[index].Kind;

    /// <summary>The text of a string, the digits of a number; null for anything else.</summary>
    public string? Text => Kind is JsonTokenType.String or JsonTokenType.Number ? tree.Text(index) : null;

    /// <summary>The name of a member of an object; empty for any other.</summary>
    public string Name => tree.Name(index);

    /// <summary>The values within: an object's members, an array's items; in the order of the body.</summary>
    public ErrorNodes Children => new(tree, tree[index].FirstChild);

    /// <summary>The items of an array; nothing for any other.</summary>
    public ErrorNodes Items => new(tree, Kind == JsonTokenType.StartArray ? tree[index].FirstChild : 0);

    /// <summary>The first value within; null where there is none.</summary>
    public ErrorNode? First => tree[index].FirstChild is > 0 and int child ? new ErrorNode(tree, child) : null;

    /// <summary>The first member of that name, in any case; null where there is none.</summary>
    public ErrorNode? this[string name]
    {
        get
        {
            if (Kind == JsonTokenType.StartObject)
            {
                for (int child = tree[index].FirstChild; child != 0; child = tree[child].Next)
                {
                    if (tree.HasName(child, name))
                    {
                        return new ErrorNode(tree, child);
                    }
                }
            }
            return null;
        }
    }

    /// <summary>The members that have a known name.</summary>
    /// <param name="found">Room for <see cref="ErrorFields.Count"/> places, all zero.</param>
    public ErrorFields Fields(Span<int> found) => new(tree, Kind == JsonTokenType.StartObject ? tree[index].FirstChild : 0, found);

    /// <summary>The string at that name; null for anything else.</summary>
    public string? String(string name) => this[name] is { Kind: JsonTokenType.String } member ? member.Text : null;

    /// <summary>The string or number at that name as text; null for anything else.</summary>
    public string? Scalar(string name) => this[name]?.Text;

    /// <summary>The whole number at that name, which may be written as a string; null for anything else.</summary>
    public long? Integer(string name) =>
        long.TryParse(Scalar(name), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

    /// <summary>Says that neither this node nor another of its tree is asked again.</summary>
    public void Close() => tree.Close();

    /// <summary>Reads as much of a text as is JSON; null where its beginning is not.</summary>
    public static ErrorNode? Parse(string text)
    {
        byte[] json = Encoding.UTF8.GetBytes(text);
        return ErrorTree.Parse(json, 0, json.Length);
    }
}
