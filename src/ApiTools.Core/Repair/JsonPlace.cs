using System.Text.Json;
using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>A place in a JSON text that a patch names: where it stands, and what stands around it.</summary>
internal sealed class JsonPlace
{
    private Dictionary<string, JsonPlace>? _wanted;

    /// <summary>False where the text has nothing at this place.</summary>
    public bool IsThere { get; private set; }

    /// <summary>The value's kind.</summary>
    public JsonTokenType Type { get; private set; }

    /// <summary>The value and its name, as ranges of the text.</summary>
    public JsonMember Member { get; private set; }

    /// <summary>Where the sibling after it begins, with its name; -1 where it is the last.</summary>
    public int NextStart { get; private set; } = -1;

    /// <summary>How many members or items it has.</summary>
    public int Count { get; private set; }

    /// <summary>The last of its members or items, where it has any.</summary>
    public JsonMember LastChild { get; private set; }

    /// <summary>True where it holds named members.</summary>
    public bool IsObject => IsThere && Type == JsonTokenType.StartObject;

    /// <summary>True where it holds items.</summary>
    public bool IsArray => IsThere && Type == JsonTokenType.StartArray;

    /// <summary>Finds the places that pointers name, in one pass over a text.</summary>
    /// <param name="text">Strict JSON without a byte order mark.</param>
    /// <param name="pointers">What to look for.</param>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <returns>The whole document; <see cref="Find(JsonPointer, int)"/> goes on from there.</returns>
    public static JsonPlace Locate(ReadOnlySpan<byte> text, IEnumerable<JsonPointer> pointers)
    {
        JsonPlace root = new();
        foreach (JsonPointer pointer in pointers)
        {
            JsonPlace place = root;
            foreach (string token in pointer.Tokens)
            {
                place = place.Want(token);
            }
        }
        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = JsonSyntax.MaximumDepth });
        reader.Read();
        root.Read(ref reader, new JsonMember(-1, -1, -1, -1, -1));
        // Nothing may follow the document: the reader throws.
        reader.Read();
        return root;
    }

    /// <summary>The place that the first tokens of a pointer name, all of which were looked for.</summary>
    public JsonPlace Find(JsonPointer pointer, int length)
    {
        JsonPlace place = this;
        for (int i = 0; i < length; i++)
        {
            place = place._wanted![pointer.Tokens[i]];
        }
        return place;
    }

    /// <summary>The place that a pointer names, which was looked for.</summary>
    public JsonPlace Find(JsonPointer pointer) => Find(pointer, pointer.Tokens.Count);

    private JsonPlace Want(string token)
    {
        _wanted ??= new(StringComparer.Ordinal);
        if (!_wanted.TryGetValue(token, out JsonPlace? place))
        {
            _wanted.Add(token, place = new JsonPlace());
        }
        return place;
    }

    private JsonMember Read(ref Utf8JsonReader reader, JsonMember name)
    {
        IsThere = true;
        Type = reader.TokenType;
        int start = (int)reader.TokenStartIndex;
        if (_wanted is not null && Type == JsonTokenType.StartObject)
        {
            ReadMembers(ref reader);
        }
        else if (_wanted is not null && Type == JsonTokenType.StartArray)
        {
            ReadItems(ref reader);
        }
        else
        {
            reader.Skip();
        }
        Member = name with { Start = start, End = (int)reader.BytesConsumed };
        return Member;
    }

    private void ReadMembers(ref Utf8JsonReader reader)
    {
        JsonPlace? before = null;
        int end = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            JsonMember name = new(end, (int)reader.TokenStartIndex, (int)reader.BytesConsumed, -1, -1);
            // The reader takes the colon with the name.
            name = name with { NameEnd = name.NameStart + reader.ValueSpan.Length + 2 };
            _wanted!.TryGetValue(JsonText.Decode(reader.ValueSpan), out JsonPlace? child);
            reader.Read();
            before = ReadChild(ref reader, name, child, before);
            end = LastChild.End;
        }
    }

    private void ReadItems(ref Utf8JsonReader reader)
    {
        Dictionary<int, JsonPlace> wanted = [];
        foreach (KeyValuePair<string, JsonPlace> one in _wanted!)
        {
            if (JsonPointer.Index(one.Key) is int index)
            {
                wanted[index] = one.Value;
            }
        }
        JsonPlace? before = null;
        int end = -1;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            wanted.TryGetValue(Count, out JsonPlace? child);
            before = ReadChild(ref reader, new JsonMember(end, (int)reader.TokenStartIndex, -1, -1, -1), child, before);
            end = LastChild.End;
        }
    }

    private JsonPlace? ReadChild(ref Utf8JsonReader reader, JsonMember name, JsonPlace? child, JsonPlace? before)
    {
        if (before is not null)
        {
            before.NextStart = name.NameStart;
        }
        Count++;
        // Of a name that is given twice, the last one counts, as for most readers of JSON.
        child?.Forget();
        if (child is not null)
        {
            LastChild = child.Read(ref reader, name);
            return child;
        }
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        LastChild = name with { Start = start, End = (int)reader.BytesConsumed };
        return null;
    }

    private void Forget()
    {
        if (!IsThere)
        {
            return;
        }
        IsThere = false;
        NextStart = -1;
        Count = 0;
        foreach (JsonPlace child in _wanted?.Values ?? Enumerable.Empty<JsonPlace>())
        {
            child.Forget();
        }
    }
}
