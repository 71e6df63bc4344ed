using System.Globalization;
using System.Text;
using ApiTools.Text;

namespace ApiTools.Schemas;

/// <summary>A place in a schema or in an answer, as JSONPath writes it (RFC 9535): <c>$.items[3].price</c>, <c>$['unit price']</c>.</summary>
internal sealed class SchemaPlace
{
    // Of one name, in characters: names come from a model too.
    private const int MaximumShownName = 100;

    private readonly SchemaPlace? _parent;
    private readonly string? _name;
    private readonly int _index;

    private SchemaPlace(SchemaPlace? parent, string? name, int index)
    {
        _parent = parent;
        _name = name;
        _index = index;
    }

    /// <summary>The whole of it.</summary>
    public static SchemaPlace Root { get; } = new(null, null, 0);

    public SchemaPlace Member(string name) => new(this, name, 0);

    public SchemaPlace Item(int index) => new(this, null, index);

    /// <summary>The place, safe to show.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        Append(text);
        return text.ToString();
    }

    private void Append(StringBuilder text)
    {
        if (_parent is null)
        {
            text.Append('$');
            return;
        }
        _parent.Append(text);
        if (_name is null)
        {
            text.Append('[').Append(_index.ToString(CultureInfo.InvariantCulture)).Append(']');
        }
        else if (IsPlain(_name))
        {
            text.Append('.').Append(_name);
        }
        else
        {
            string shown = VisibleText.Line(_name, MaximumShownName).Replace("\\", "\\\\").Replace("'", "\\'");
            text.Append("['").Append(shown).Append("']");
        }
    }

    // $defs and $ref are no names of RFC 9535's short form, and are read all the same.
    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= MaximumShownName && !char.IsDigit(name[0]) && name.All(c => c is '_' or '$' || (c < 0x80 && char.IsLetterOrDigit(c)));
}
