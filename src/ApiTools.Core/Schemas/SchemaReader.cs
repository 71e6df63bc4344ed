using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Schemas;

/// <summary>Reads a schema and all schemas in it; what is outside the supported subset is a fault with its place.</summary>
internal sealed class SchemaReader(JsonTree root)
{
    // A pattern, in characters: more is no pattern that a person wrote.
    private const int MaximumPattern = 4096;

    // Digits of a number in a schema: a long division by it stays short.
    private const int MaximumDigits = 100;

    private readonly Dictionary<JsonTree, SchemaNode> _read = [];
    private readonly Dictionary<JsonTree, Dictionary<string, JsonTree>> _members = [];
    private readonly Queue<(SchemaNode Node, JsonTree Reference)> _references = new();
    private readonly List<SchemaNode> _nodes = [];
    private SchemaMismatch? _fault;

    /// <summary>All schemas, the root first.</summary>
    public IReadOnlyList<SchemaNode> Nodes => _nodes;

    /// <summary>Reads them; what is wrong with the first that is.</summary>
    public SchemaMismatch? Read()
    {
        Read(root, 0);
        // Not where they stand: they may lead round in circles, or along thousands of others.
        while (_fault is null && _references.Count > 0)
        {
            (SchemaNode node, JsonTree reference) = _references.Dequeue();
            node.Reference = Find(reference) is JsonTree target ? Read(target, node.Level) : null;
        }
        return _fault;
    }

    private SchemaNode Read(JsonTree schema, int level)
    {
        if (_read.TryGetValue(schema, out SchemaNode? known))
        {
            return known;
        }
        SchemaNode node = new(schema.Place, _nodes.Count) { Level = level };
        _read[schema] = node;
        _nodes.Add(node);
        if (schema.Kind == JsonValueKind.Object)
        {
            node.Level += schema.Member("properties") is null && schema.Member("items") is null ? 0 : 1;
            foreach (JsonTree keyword in schema.Children)
            {
                ReadKeyword(node, keyword);
            }
            CheckRequired(node, schema);
        }
        else if (schema.Kind is JsonValueKind.True or JsonValueKind.False)
        {
            node.IsNever = schema.Kind == JsonValueKind.False;
        }
        else
        {
            Fail(schema, $"expected a schema, which is an object, found {schema.Describe()}");
        }
        return node;
    }

    private void ReadKeyword(SchemaNode node, JsonTree keyword)
    {
        switch (keyword.Name)
        {
            case "type":
                ReadTypes(node, keyword);
                break;
            case "enum":
                node.Enum = keyword.Kind == JsonValueKind.Array && keyword.Children.Count > 0 ? keyword.Children : Expected<IReadOnlyList<JsonTree>>(keyword, "an array of one value or more");
                break;
            case "const":
                node.Const = keyword;
                break;
            case "$ref":
                _references.Enqueue((node, keyword));
                break;
            case "anyOf":
                node.AnyOf = keyword.Kind == JsonValueKind.Array && keyword.Children.Count > 0
                    ? [.. keyword.Children.Select(choice => Read(choice, node.Level))]
                    : Expected<IReadOnlyList<SchemaNode>>(keyword, "an array of schemas");
                break;
            case "properties":
                node.Properties = ReadEach(node, keyword);
                break;
            case "$defs" or "definitions":
                ReadEach(node, keyword);
                break;
            case "required":
                node.Required = ReadNames(keyword);
                break;
            case "additionalProperties":
                node.AdditionalProperties = Read(keyword, node.Level);
                break;
            case "items":
                node.Items = keyword.Kind == JsonValueKind.Array ? Expected<SchemaNode>(keyword, "one schema for all items") : Read(keyword, node.Level);
                break;
            default:
                ReadLimit(node, keyword);
                break;
        }
    }

    private void ReadLimit(SchemaNode node, JsonTree keyword)
    {
        switch (keyword.Name)
        {
            case "minItems":
                node.MinItems = ReadCount(keyword);
                break;
            case "maxItems":
                node.MaxItems = ReadCount(keyword);
                break;
            case "minLength":
                node.MinLength = ReadCount(keyword);
                break;
            case "maxLength":
                node.MaxLength = ReadCount(keyword);
                break;
            case "minimum":
                node.Minimum = ReadNumber(keyword);
                break;
            case "maximum":
                node.Maximum = ReadNumber(keyword);
                break;
            case "exclusiveMinimum":
                node.ExclusiveMinimum = ReadNumber(keyword);
                break;
            case "exclusiveMaximum":
                node.ExclusiveMaximum = ReadNumber(keyword);
                break;
            case "multipleOf":
                node.MultipleOf = ReadNumber(keyword) is { Value.IsPositive: true } step ? step : Expected<SchemaBound>(keyword, "a number above 0");
                break;
            case "pattern":
                ReadPattern(node, keyword);
                break;
            case "format":
                ReadFormat(node, keyword);
                break;
            default:
                if (!SchemaKeywords.IsAnnotation(keyword.Name!))
                {
                    Fail(keyword.Parent!, $"'{VisibleText.Line(keyword.Name, 60)}' is not supported");
                }
                break;
        }
    }

    private void ReadTypes(SchemaNode node, JsonTree keyword)
    {
        IReadOnlyList<JsonTree> names = keyword.Kind == JsonValueKind.Array ? keyword.Children : [keyword];
        SchemaTypes types = SchemaTypes.None;
        foreach (JsonTree name in names)
        {
            SchemaTypes type = name.Kind == JsonValueKind.String ? SchemaKeywords.TypeOf(name.Text) : SchemaTypes.None;
            if (type == SchemaTypes.None)
            {
                Expected<object>(name, "one of string, number, integer, boolean, object, array, null");
            }
            types |= type;
        }
        if (types == SchemaTypes.None)
        {
            Expected<object>(keyword, "a type");
        }
        node.Types = types;
        node.NamesTypes = true;
    }

    private Dictionary<string, SchemaNode>? ReadEach(SchemaNode node, JsonTree keyword)
    {
        if (keyword.Kind != JsonValueKind.Object)
        {
            return Expected<Dictionary<string, SchemaNode>>(keyword, "an object of schemas");
        }
        Dictionary<string, SchemaNode> all = new(StringComparer.Ordinal);
        // A definition's own level is where it is used.
        int level = keyword.Name == "properties" ? node.Level : 0;
        foreach (JsonTree schema in keyword.Children)
        {
            all[schema.Name!] = Read(schema, level);
        }
        return all;
    }

    private IReadOnlyList<string> ReadNames(JsonTree keyword)
    {
        if (keyword.Kind != JsonValueKind.Array || keyword.Children.Find(name => name.Kind != JsonValueKind.String) is not null)
        {
            return Expected<IReadOnlyList<string>>(keyword, "an array of names") ?? [];
        }
        return [.. keyword.Children.Select(name => name.Text).Distinct(StringComparer.Ordinal)];
    }

    private void CheckRequired(SchemaNode node, JsonTree schema)
    {
        if (node.AdditionalProperties is { IsNever: true } && node.Required.FirstOrDefault(name => node.Properties?.ContainsKey(name) != true) is string unknown)
        {
            Fail(schema.Member("required")!, $"requires '{VisibleText.Line(unknown, 60)}', which is none of the properties, and additionalProperties allows no other");
        }
    }

    private long? ReadCount(JsonTree keyword)
    {
        bool isCount = keyword.Kind == JsonValueKind.Number && SchemaNumber.Parse(keyword.Text) is { IsInteger: true } number && number.CompareTo(SchemaNumber.Parse("0")) >= 0;
        if (!isCount)
        {
            Expected<object>(keyword, "a whole number from 0 on");
            return null;
        }
        // 1.0 and 1e3 are whole ones too; beyond a long there is no difference.
        return decimal.TryParse(keyword.Text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out decimal count) && count <= long.MaxValue
            ? (long)count
            : long.MaxValue;
    }

    private SchemaBound? ReadNumber(JsonTree keyword)
    {
        if (keyword.Kind != JsonValueKind.Number)
        {
            return Expected<SchemaBound>(keyword, "a number");
        }
        SchemaNumber number = SchemaNumber.Parse(keyword.Text);
        return number.Length <= MaximumDigits ? new SchemaBound(keyword.Text, number) : Expected<SchemaBound>(keyword, $"a number of at most {MaximumDigits} digits");
    }

    private void ReadPattern(SchemaNode node, JsonTree keyword)
    {
        if (keyword.Kind != JsonValueKind.String || keyword.Text.Length > MaximumPattern)
        {
            Expected<object>(keyword, $"a regular expression of at most {MaximumPattern} characters");
            return;
        }
        try
        {
            node.PatternText = keyword.Text;
            node.Pattern = SchemaPattern.Make(keyword.Text);
        }
        catch (ArgumentException exception)
        {
            Fail(keyword, $"is no regular expression: {exception.Message.TrimEnd('.')}");
        }
    }

    private void ReadFormat(SchemaNode node, JsonTree keyword)
    {
        if (keyword.Kind != JsonValueKind.String || !SchemaFormats.IsKnown(keyword.Text))
        {
            Fail(keyword, $"the format {(keyword.Kind == JsonValueKind.String ? $"'{VisibleText.Line(keyword.Text, 60)}'" : keyword.Describe())} is not supported; these are: {string.Join(", ", SchemaFormats.Names)}");
            return;
        }
        node.Format = keyword.Text;
    }

    // RFC 6901, in a fragment: the root, or a way from it.
    private JsonTree? Find(JsonTree reference)
    {
        string text = reference.Text;
        if (reference.Kind != JsonValueKind.String || !text.StartsWith("#", StringComparison.Ordinal))
        {
            Fail(reference, $"expected a place in this schema, such as \"#/$defs/item\", found {reference.Describe()}");
            return null;
        }
        string pointer = Uri.UnescapeDataString(text.Substring(1));
        JsonTree? target = pointer.Length == 0 || pointer[0] == '/' ? root : null;
        foreach (string step in pointer.Split('/').Skip(1))
        {
            string name = step.Replace("~1", "/").Replace("~0", "~");
            target = target?.Kind switch
            {
                JsonValueKind.Object => MembersOf(target).TryGetValue(name, out JsonTree? member) ? member : null,
                JsonValueKind.Array => int.TryParse(name, out int index) && index >= 0 && index < target.Children.Count ? target.Children[index] : null,
                _ => null,
            };
        }
        if (target is null)
        {
            Fail(reference, $"leads to \"{VisibleText.Line(text, 60)}\", which is not there");
        }
        return target;
    }

    // Thousands of references may lead into one object of definitions.
    private Dictionary<string, JsonTree> MembersOf(JsonTree parent)
    {
        if (!_members.TryGetValue(parent, out Dictionary<string, JsonTree>? members))
        {
            _members[parent] = members = parent.Children.ToDictionary(child => child.Name!, StringComparer.Ordinal);
        }
        return members;
    }

    private T? Expected<T>(JsonTree found, string what)
        where T : class
    {
        string hint = found.Kind == JsonValueKind.String && found.Name == "required" ? "; in PowerShell an array of one is @('name')" : string.Empty;
        Fail(found, $"expected {what}, found {found.Describe()}{hint}");
        return null;
    }

    private void Fail(JsonTree place, string problem) => _fault ??= new SchemaMismatch(place.Place, problem);
}
