using System.Text.Json;
using ApiTools.Text;
using ApiTools.Validation;

namespace ApiTools.Schemas;

/// <summary>Reads JSON as a tree, each name once in its object; what is none is told with its place.</summary>
internal ref struct JsonTreeReader
{
    private readonly Dictionary<JsonTree, HashSet<string>> _names;
    private Utf8JsonReader _reader;
    private int _count;

    private JsonTreeReader(ReadOnlySpan<byte> json)
    {
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonSyntax.MaximumDepth });
        _names = [];
    }

    /// <summary>The tree.</summary>
    /// <param name="json">UTF-8, without a byte order mark.</param>
    /// <param name="fault">What is wrong with the text; null where nothing is.</param>
    /// <returns>Null where something is wrong.</returns>
    public static JsonTree? Read(ReadOnlyMemory<byte> json, out SchemaMismatch? fault)
    {
        try
        {
            return new JsonTreeReader(json.Span).Read(out fault);
        }
        catch (JsonException exception)
        {
            fault = new SchemaMismatch(SchemaPlace.Root, Explain(json, exception));
            return null;
        }
    }

    // Without recursion: the reader bounds the depth.
    private JsonTree? Read(out SchemaMismatch? fault)
    {
        JsonTree? root = null;
        JsonTree? parent = null;
        string? name = null;
        while (_reader.Read())
        {
            switch (_reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = TryReadText(out string? read) ? read : null;
                    if (name is null || !AddName(parent!, name))
                    {
                        fault = name is null ? new SchemaMismatch(parent!.Place, "has a name with half of a surrogate pair in it") : new SchemaMismatch(parent!.Place.Member(name), "is there twice");
                        return null;
                    }
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _names.Remove(parent!);
                    parent = parent!.Parent;
                    break;
                default:
                    if (!TryReadValue(parent, name, out JsonTree value))
                    {
                        fault = new SchemaMismatch(value.Place, "is no text: it has half of a surrogate pair in it");
                        return null;
                    }
                    root ??= value;
                    parent?.Children.Add(value);
                    parent = value.Kind is JsonValueKind.Object or JsonValueKind.Array ? value : parent;
                    name = null;
                    break;
            }
        }
        fault = null;
        return root;
    }

    private readonly bool AddName(JsonTree parent, string name)
    {
        if (!_names.TryGetValue(parent, out HashSet<string>? names))
        {
            _names[parent] = names = new HashSet<string>(StringComparer.Ordinal);
        }
        return names.Add(name);
    }

    private bool TryReadValue(JsonTree? parent, string? name, out JsonTree value)
    {
        JsonValueKind kind = _reader.TokenType switch
        {
            JsonTokenType.StartObject => JsonValueKind.Object,
            JsonTokenType.StartArray => JsonValueKind.Array,
            JsonTokenType.String => JsonValueKind.String,
            JsonTokenType.Number => JsonValueKind.Number,
            JsonTokenType.True => JsonValueKind.True,
            JsonTokenType.False => JsonValueKind.False,
            _ => JsonValueKind.Null,
        };
        string? text = string.Empty;
        bool isText = kind != JsonValueKind.String || TryReadText(out text);
        value = new JsonTree(kind, kind == JsonValueKind.Number ? Utf8Text.Read(_reader.ValueSpan) : text ?? string.Empty, parent, name, _count++);
        return isText;
    }

    private bool TryReadText(out string? text)
    {
        try
        {
            text = _reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }

    private static string Explain(ReadOnlyMemory<byte> json, JsonException exception)
    {
        if (JsonSyntax.FindFault(json) is not JsonFault fault)
        {
            return exception.Message;
        }
        (int line, int column) = TextPositions.Locate(json.Span, fault.Offset, 1);
        string where = line == 1 && column == 1 ? string.Empty : FormattableString.Invariant($" in line {line}, column {column}");
        // It is the middle of a sentence, where no question ends.
        int end = fault.Message.EndsWith("?", StringComparison.Ordinal) ? fault.Message.LastIndexOf(". ", StringComparison.Ordinal) : -1;
        return $"is no JSON{where}: {(end > 0 ? fault.Message.Substring(0, end) : fault.Message.TrimEnd('.'))}";
    }
}
