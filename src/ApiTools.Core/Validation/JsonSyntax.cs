using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>
/// Reads a whole text as strict JSON (RFC 8259: no comments, no trailing commas) and finds the first fault. On the way it finds what the
/// grammar allows and services do not agree on: names given twice (section 4), and halves of surrogate pairs (section 8.2).
/// </summary>
internal static class JsonSyntax
{
    /// <summary>How deep objects and arrays may be nested.</summary>
    public const int MaximumDepth = 64;

    private const string Code = "invalid_value";

    /// <summary>Adds what is wrong with the text; false where it is no JSON.</summary>
    /// <param name="json">The text, without a byte order mark.</param>
    /// <param name="findings">Where to add it.</param>
    public static bool Check(ReadOnlyMemory<byte> json, FindingList findings)
    {
        int invalid = Utf8Check.FindInvalid(json.Span);
        if (invalid >= 0)
        {
            findings.Error(Code, invalid, RequestPath.Root, JsonFault.DescribeInvalidUtf8(json.Span, invalid));
            return false;
        }
        Stack<Container> open = new();
        Utf8JsonReader reader = new(json.Span, new JsonReaderOptions { MaxDepth = MaximumDepth });
        JsonFaultContext context = default;
        try
        {
            while (reader.Read())
            {
                Visit(ref reader, open, findings);
                context = new JsonFaultContext((int)reader.BytesConsumed, reader.TokenType, open.Count, open.Count > 0 && open.Peek().Names is not null);
            }
            return true;
        }
        catch (JsonException exception)
        {
            (int offset, string message) = JsonFault.Describe(json.Span, OffsetOf(json.Span, exception), context);
            findings.Error(Code, offset, RequestPath.Root, message);
            return false;
        }
    }

    private static void Visit(ref Utf8JsonReader reader, Stack<Container> open, FindingList findings)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
            case JsonTokenType.StartArray:
                RequestPath path = open.Count == 0 ? RequestPath.Root : open.Peek().NextPath();
                open.Push(new Container(path, reader.TokenType == JsonTokenType.StartObject));
                break;
            case JsonTokenType.EndObject:
            case JsonTokenType.EndArray:
                open.Pop();
                break;
            case JsonTokenType.PropertyName:
                CheckText(ref reader, open.Peek().Path, findings);
                VisitName(ref reader, open.Peek(), findings);
                break;
            default:
                if (open.Count > 0)
                {
                    open.Peek().CountItem();
                }
                if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped)
                {
                    CheckText(ref reader, open.Count == 0 ? RequestPath.Root : open.Peek().CurrentPath(), findings);
                }
                break;
        }
    }

    private static void VisitName(ref Utf8JsonReader reader, Container container, FindingList findings)
    {
        string name = JsonText.Decode(reader.ValueSpan);
        container.Name = name;
        if (!container.Names!.Add(name) && !findings.IsFull)
        {
            RequestPath path = container.Path.Member(name);
            findings.Warning(
                Code, (int)reader.TokenStartIndex, path, $"{path} is given twice. Which of the two counts differs between services (RFC 8259 section 4): keep one.");
        }
    }

    private static void CheckText(ref Utf8JsonReader reader, RequestPath path, FindingList findings)
    {
        int half = reader.ValueIsEscaped ? JsonText.FindHalfPair(reader.ValueSpan) : -1;
        if (half >= 0)
        {
            findings.Error(
                Code,
                (int)reader.TokenStartIndex + 1 + half,
                path,
                $"{path} has half a surrogate pair in it (\\u{JsonFault.Text(reader.ValueSpan.Slice(half + 2, 4))}), which is no character: write both halves, or neither.");
        }
    }

    // The exception counts lines by line feeds alone, and columns in bytes, both from 0.
    private static int OffsetOf(ReadOnlySpan<byte> json, JsonException exception)
    {
        int offset = 0;
        for (long line = exception.LineNumber ?? 0; line > 0; line--)
        {
            int length = json.Slice(offset).IndexOf((byte)'\n');
            if (length < 0)
            {
                break;
            }
            offset += length + 1;
        }
        return (int)Math.Min(json.Length, offset + (exception.BytePositionInLine ?? 0));
    }

    /// <summary>An object or an array that is open, with the names it has had, or how many items.</summary>
    private sealed class Container(RequestPath path, bool isObject)
    {
        private int _items;

        public RequestPath Path { get; } = path;

        public HashSet<string>? Names { get; } = isObject ? new(StringComparer.Ordinal) : null;

        public string Name { get; set; } = string.Empty;

        public void CountItem() => _items++;

        public RequestPath NextPath()
        {
            CountItem();
            return CurrentPath();
        }

        public RequestPath CurrentPath() => Names is null ? Path.Item(_items - 1) : Path.Member(Name);
    }
}
