using System.Text;
using System.Text.Json;

namespace ApiTools.Errors;

/// <summary>
/// An error body as a table of its values, as far as it is JSON. Unlike a JSON document it may be incomplete: what stands before a fault, or before
/// the place where the answer broke off, is kept, because an error is worth most when something has gone wrong already. Text is read from the body
/// only when it is asked for.
/// </summary>
internal sealed class ErrorTree
{
    // No service nests what it has to say deeper; what lies below is skipped, so that no body can exhaust the stack of who walks the tree.
    private const int MaximumDepth = 32;

    // OpenAI's own form has six values; what is larger grows.
    private const int InitialRows = 12;

    private static readonly JsonReaderOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = int.MaxValue,
    };

    private readonly byte[] _json;
    private ErrorRow[] _rows = new ErrorRow[InitialRows];
    private int _count;

    private ErrorTree(byte[] json) => _json = json;

    /// <summary>Reads as much of a body as is JSON; null where its beginning is not.</summary>
    /// <param name="json">The body, which has to stay as it is for as long as the tree is used.</param>
    /// <param name="start">Where in it to begin.</param>
    /// <param name="length">How much of it to read.</param>
    public static ErrorNode? Parse(byte[] json, int start, int length)
    {
        int end = start + length;
        start = SkipBlanks(json, start, end);
        if (start == end || json[start] is not ((byte)'{' or (byte)'[' or (byte)'"'))
        {
            return null;
        }
        ErrorTree tree = new(json);
        tree.Read(start, end - start);
        return tree._count == 0 ? null : new ErrorNode(tree, 0);
    }

    public ref readonly ErrorRow this[int index] => ref _rows[index];

    /// <summary>The text of a string, the digits of a number.</summary>
    public string Text(int index)
    {
        ref readonly ErrorRow row = ref _rows[index];
        return row.IsEscaped ? Unescape(row.Start, row.Length) : Plain(row.Start, row.Length);
    }

    /// <summary>The name of a member.</summary>
    public string Name(int index)
    {
        ref readonly ErrorRow row = ref _rows[index];
        return row.IsNameEscaped ? Unescape(row.NameStart, row.NameLength) : Plain(row.NameStart, row.NameLength);
    }

    /// <summary>True where a member has that name, in any case (Azure and AWS write some with a capital).</summary>
    /// <param name="index">The member.</param>
    /// <param name="name">ASCII.</param>
    public bool HasName(int index, string name)
    {
        ref readonly ErrorRow row = ref _rows[index];
        if (row.IsNameEscaped)
        {
            return string.Equals(Name(index), name, StringComparison.OrdinalIgnoreCase);
        }
        if (row.NameLength != name.Length)
        {
            return false;
        }
        ReadOnlySpan<byte> written = _json.AsSpan(row.NameStart, row.NameLength);
        for (int i = 0; i < written.Length; i++)
        {
            int difference = written[i] ^ name[i];
            if (difference != 0 && (difference != 0x20 || (name[i] | 0x20) is < 'a' or > 'z'))
            {
                return false;
            }
        }
        return true;
    }

    private static int SkipBlanks(byte[] json, int start, int end)
    {
        while (start < end)
        {
            if (json[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                start++;
            }
            // A byte order mark, wherever a gateway glued two files together.
            else if (end - start >= 3 && json[start] == 0xEF && json[start + 1] == 0xBB && json[start + 2] == 0xBF)
            {
                start += 3;
            }
            else
            {
                return start;
            }
        }
        return start;
    }

    private void Read(int start, int length)
    {
        // Not the final block: the reader then stops without an exception where the text breaks off.
        Utf8JsonReader reader = new(_json.AsSpan(start, length), isFinalBlock: false, new JsonReaderState(Lenient));
        Span<int> open = stackalloc int[MaximumDepth];
        Span<int> last = stackalloc int[MaximumDepth];
        int depth = 0;
        ErrorRow next = default;
        try
        {
            while (reader.Read())
            {
                JsonTokenType kind = reader.TokenType;
                if (kind == JsonTokenType.PropertyName)
                {
                    next.NameStart = start + (int)reader.TokenStartIndex + 1;
                    next.NameLength = reader.ValueSpan.Length;
                    next.IsNameEscaped = reader.ValueIsEscaped;
                    continue;
                }
                if (kind is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    depth--;
                }
                else
                {
                    next.Kind = kind;
                    next.Start = start + (int)reader.TokenStartIndex + (kind == JsonTokenType.String ? 1 : 0);
                    next.Length = reader.ValueSpan.Length;
                    next.IsEscaped = kind == JsonTokenType.String && reader.ValueIsEscaped;
                    int index = Add(next, depth, open, last);
                    next = default;
                    if (kind is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        if (depth < MaximumDepth)
                        {
                            open[depth] = index;
                            last[depth] = 0;
                            depth++;
                        }
                        else if (!reader.TrySkip())
                        {
                            return;
                        }
                    }
                }
                if (depth == 0)
                {
                    return;
                }
            }
        }
        catch (JsonException)
        {
            // What was read before the fault stands.
        }
    }

    private int Add(in ErrorRow row, int depth, ReadOnlySpan<int> open, Span<int> last)
    {
        if (_count == _rows.Length)
        {
            Array.Resize(ref _rows, _rows.Length * 2);
        }
        int index = _count++;
        _rows[index] = row;
        if (depth > 0)
        {
            int parent = open[depth - 1];
            if (last[depth - 1] == 0)
            {
                _rows[parent].FirstChild = index;
            }
            else
            {
                _rows[last[depth - 1]].Next = index;
            }
            last[depth - 1] = index;
        }
        return index;
    }

    private string Plain(int start, int length) => Encoding.UTF8.GetString(_json, start, length);

    private string Unescape(int start, int length)
    {
        // The quotation marks around it belong to the token.
        return Unescape(_json.AsSpan(start - 1, length + 2)) ?? Unescape(Encoding.UTF8.GetBytes('"' + Plain(start, length) + '"')) ?? Plain(start, length);
    }

    // Null where it is an escaped half of a surrogate pair, or no UTF-8: the text as it was written is better than none.
    private static string? Unescape(ReadOnlySpan<byte> token)
    {
        try
        {
            Utf8JsonReader reader = new(token);
            reader.Read();
            return reader.GetString();
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            return null;
        }
    }
}
