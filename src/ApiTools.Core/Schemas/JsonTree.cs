using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Schemas;

/// <summary>A JSON value that knows its place: members in their order, numbers as they are written.</summary>
internal sealed class JsonTree
{
    // Of a value in a message, in characters.
    private const int Shown = 60;

    private static readonly List<JsonTree> None = [];

    public JsonTree(JsonValueKind kind, string text, JsonTree? parent, string? name, int id)
    {
        Kind = kind;
        Text = text;
        Parent = parent;
        Name = name;
        Id = id;
        Index = parent?.Children.Count ?? 0;
        Depth = parent is null ? 0 : parent.Depth + 1;
        Children = kind is JsonValueKind.Object or JsonValueKind.Array ? [] : None;
    }

    public JsonValueKind Kind { get; }

    /// <summary>Of a string its characters, of a number its JSON text; empty for any other.</summary>
    public string Text { get; }

    public JsonTree? Parent { get; }

    /// <summary>The member's name; null where it is none.</summary>
    public string? Name { get; }

    /// <summary>Where it stands among its parent's children.</summary>
    public int Index { get; }

    /// <summary>Different for each value of a text.</summary>
    public int Id { get; }

    /// <summary>How many values it stands in.</summary>
    public int Depth { get; }

    /// <summary>The items of an array; the values of an object's members.</summary>
    public List<JsonTree> Children { get; }

    /// <summary>Where it stands.</summary>
    public SchemaPlace Place => Parent is null ? SchemaPlace.Root : Name is string name ? Parent.Place.Member(name) : Parent.Place.Item(Index);

    /// <summary>The value of a member; null where there is none.</summary>
    public JsonTree? Member(string name) => Children.Find(child => child.Name == name);

    /// <summary>Whether both are the same value: numbers by what they say, objects whatever the order of their members.</summary>
    public bool IsSame(JsonTree other) => Kind == other.Kind && Kind switch
    {
        JsonValueKind.String => Text == other.Text,
        JsonValueKind.Number => SchemaNumber.Parse(Text).CompareTo(SchemaNumber.Parse(other.Text)) == 0,
        JsonValueKind.Array => Children.Count == other.Children.Count && Children.TrueForAll(child => child.IsSame(other.Children[child.Index])),
        JsonValueKind.Object => Children.Count == other.Children.Count && HasMembersOf(other),
        _ => true,
    };

    /// <summary>What it is, in a few words: <c>string "abc"</c>.</summary>
    public string Describe() => Kind switch
    {
        JsonValueKind.String => $"string \"{VisibleText.Line(Text, Shown)}\"",
        JsonValueKind.Number => $"number {VisibleText.Line(Text, Shown)}",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };

    private bool HasMembersOf(JsonTree other)
    {
        Dictionary<string, JsonTree> members = other.Children.ToDictionary(child => child.Name!, StringComparer.Ordinal);
        return Children.TrueForAll(child => members.TryGetValue(child.Name!, out JsonTree? same) && child.IsSame(same));
    }
}
