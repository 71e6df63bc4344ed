using System.Text;
using System.Text.Json;

namespace ApiTools.Errors;

/// <summary>
/// A piece of an error body as it was read. Unlike a JSON document it may be incomplete: what stands before a fault, or before
/// the place where the answer broke off, is kept, because an error is worth most when something has gone wrong already.
/// </summary>
internal sealed class ErrorNode
{
    // No service nests what it has to say deeper; what lies below is skipped, so that no body can exhaust the stack of who walks the tree.
    private const int MaximumDepth = 32;

    private static readonly JsonReaderOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = int.MaxValue,
    };

    private readonly Dictionary<string, ErrorNode> _members = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ErrorNode> _items = [];

    private ErrorNode(JsonTokenType kind, string? text)
    {
        Kind = kind;
        Text = text;
    }

    /// <summary>StartObject, StartArray, String, Number, True, False or Null.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>The text of a string, the digits of a number; null for anything else.</summary>
    public string? Text { get; }

    /// <summary>The members of an object in the order of the body.</summary>
    public IReadOnlyDictionary<string, ErrorNode> Members => _members;

    /// <summary>The items of an array.</summary>
    public IReadOnlyList<ErrorNode> Items => _items;

    /// <summary>The member of that name, in any case (Azure and AWS write some with a capital); null where there is none.</summary>
    public ErrorNode? this[string name] => _members.TryGetValue(name, out ErrorNode? member) ? member : null;

    /// <summary>The string at that name; null for anything else.</summary>
    public string? String(string name) => this[name] is { Kind: JsonTokenType.String, Text: string text } ? text : null;

    /// <summary>The string or number at that name as text; null for anything else.</summary>
    public string? Scalar(string name) => this[name]?.Text;

    /// <summary>The whole number at that name; null for anything else.</summary>
    public int? Integer(string name) =>
        int.TryParse(Scalar(name), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int value) ? value : null;

    /// <summary>Reads as much of a body as is JSON; null where its beginning is not.</summary>
    public static ErrorNode? Parse(string text)
    {
        int start = 0;
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || text[start] == '\ufeff'))
        {
            start++;
        }
        if (start == text.Length || text[start] is not ('{' or '[' or '"'))
        {
            return null;
        }
        return Read(Encoding.UTF8.GetBytes(text.Substring(start)));
    }

    private static ErrorNode? Read(byte[] json)
    {
        // Not the final block: the reader then stops without an exception where the text breaks off.
        Utf8JsonReader reader = new(json, isFinalBlock: false, new JsonReaderState(Lenient));
        Stack<ErrorNode> open = new();
        ErrorNode? root = null;
        string? name = null;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    name = TextOf(ref reader);
                }
                else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    open.Pop();
                    if (open.Count == 0)
                    {
                        return root;
                    }
                }
                else
                {
                    ErrorNode node = new(
                        reader.TokenType, reader.TokenType is JsonTokenType.String or JsonTokenType.Number ? TextOf(ref reader) : null);
                    root ??= node;
                    if (open.Count > 0)
                    {
                        open.Peek().Add(name, node);
                    }
                    if (node.Kind is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        if (open.Count < MaximumDepth)
                        {
                            open.Push(node);
                        }
                        else if (!reader.TrySkip())
                        {
                            return root;
                        }
                    }
                    else if (open.Count == 0)
                    {
                        return root;
                    }
                }
            }
        }
        catch (JsonException)
        {
            // What was read before the fault stands.
        }
        return root;
    }

    private void Add(string? name, ErrorNode node)
    {
        if (Kind == JsonTokenType.StartArray)
        {
            _items.Add(node);
        }
        else if (name is not null && !_members.ContainsKey(name))
        {
            _members.Add(name, node);
        }
    }

    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            if (reader.TokenType != JsonTokenType.Number)
            {
                return reader.GetString()!;
            }
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair: the text as it was written is better than none.
        }
        return Encoding.UTF8.GetString(reader.ValueSpan.ToArray());
    }
}
