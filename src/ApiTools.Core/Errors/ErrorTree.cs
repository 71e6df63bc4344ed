using System.Runtime.CompilerServices;
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

    // OpenAI's own form has six values, Google's forty; what is larger grows.
    private const int InitialRows = 48;

    // A table that is kept is no larger.
    private const int MaximumSpare = 1024;

    private static readonly JsonReaderOptions Strict = new() { AllowTrailingCommas = true, MaxDepth = int.MaxValue };

    private static readonly JsonReaderOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = int.MaxValue,
    };

    // What was given back last, for the next body of the thread; behind it what was given back before. A body, and what is nested in it, take a few.
    [ThreadStatic]
    private static ErrorTree? spare;

    private ErrorTree? _nextSpare;

    private byte[] _json = [];
    private ErrorRow[] _rows = new ErrorRow[InitialRows];
    private int _count;

    private ErrorTree()
    {
    }

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
        ErrorTree tree = spare ?? new ErrorTree();
        spare = tree._nextSpare;
        tree._nextSpare = null;
        tree._json = json;
        tree.Read(start, end - start);
        if (tree._count == 0)
        {
            tree.Close();
            return null;
        }
        return new ErrorNode(tree, 0);
    }

    /// <summary>Gives the table back, so that the next body need make none. No node of it may be asked from then on.</summary>
    public void Close()
    {
        // Nothing of the body stays.
        _json = [];
        _count = 0;
        if (_rows.Length <= MaximumSpare)
        {
            _nextSpare = spare;
            spare = this;
        }
    }

    public ref readonly ErrorRow this[int index] => ref _rows[index];

    /// <summary>The text of a string, the digits of a number.</summary>
    public string Text(int index)
    {
        ref readonly ErrorRow row = ref _rows[index];
        return row.IsEscaped ? Unescape(row.Start, row.Length) : Plain(row.Start, row.Length);
    }

    /// <summary>The same as <see cref="Text"/>, for what is a known word more often than not.</summary>
    public string Word(int index)
    {
        ref readonly ErrorRow row = ref _rows[index];
        return KnownWords.Find(_json.AsSpan(row.Start, row.Length)) ?? Text(index);
    }

    /// <summary>The name of a member.</summary>
    public string Name(int index)
    {
        ref readonly ErrorRow row = ref _rows[index];
        return row.IsNameEscaped ? Unescape(row.NameStart, row.NameLength) : Plain(row.NameStart, row.NameLength);
    }

    /// <summary>The name of a member, without escapes, UTF-8.</summary>
    public ReadOnlySpan<byte> NameBytes(int index)
    {
        ref readonly ErrorRow row = ref _rows[index];
        return row.IsNameEscaped ? Encoding.UTF8.GetBytes(Name(index)) : _json.AsSpan(row.NameStart, row.NameLength);
    }

    /// <summary>True where a member has that name, in any case (Azure and AWS write some with a capital).</summary>
    /// <param name="index">The member.</param>
    /// <param name="name">ASCII.</param>
    public bool HasName(int index, string name)
    {
        ref readonly ErrorRow row = ref _rows[index];
        if (!row.IsNameEscaped && row.NameLength != name.Length)
        {
            return false;
        }
        ReadOnlySpan<byte> written = NameBytes(index);
        if (written.Length != name.Length)
        {
            return false;
        }
        for (int i = 0; i < written.Length; i++)
        {
            if (!IsLetter(written[i], (byte)name[i]))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>True where that is the name, in any case.</summary>
    /// <param name="written">The name as it is written.</param>
    /// <param name="name">ASCII.</param>
    public static bool IsName(ReadOnlySpan<byte> written, ReadOnlySpan<byte> name)
    {
        if (written.SequenceEqual(name))
        {
            return true;
        }
        if (written.Length != name.Length)
        {
            return false;
        }
        for (int i = 0; i < written.Length; i++)
        {
            if (!IsLetter(written[i], name[i]))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsLetter(byte written, byte letter)
    {
        int difference = written ^ letter;
        return difference == 0 || (difference == 0x20 && (letter | 0x20) is >= 'a' and <= 'z');
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

    // A comment is rare, and a reader that looks for one at every token is slower: it reads again what one that looks for none has refused.
    private void Read(int start, int length)
    {
        if (!Read(start, length, Strict))
        {
            _count = 0;
            Read(start, length, Lenient);
        }
    }

    // False where it is no JSON; what was read before the fault stands.
    private bool Read(int start, int length, JsonReaderOptions options)
    {
        // Not the final block: the reader then stops without an exception where the text breaks off.
        Utf8JsonReader reader = new(_json.AsSpan(start, length), isFinalBlock: false, new JsonReaderState(options));
        try
        {
            Read(ref reader, start);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The loop is a method of its own: one that takes room on the stack is not compiled anew for what it is called with.
    [SkipLocalsInit]
    private void Read(ref Utf8JsonReader reader, int start) => Read(ref reader, start, stackalloc int[MaximumDepth], stackalloc int[MaximumDepth]);

    private void Read(ref Utf8JsonReader reader, int start, scoped Span<int> open, scoped Span<int> last)
    {
        int depth = 0;
        int nameStart = 0;
        int nameLength = 0;
        bool isNameEscaped = false;
        while (reader.Read())
        {
            JsonTokenType kind = reader.TokenType;
            if (kind == JsonTokenType.PropertyName)
            {
                nameStart = start + (int)reader.TokenStartIndex + 1;
                nameLength = reader.ValueSpan.Length;
                isNameEscaped = reader.ValueIsEscaped;
                continue;
            }
            if (kind is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                depth--;
            }
            else
            {
                int index = _count++;
                if (index == _rows.Length)
                {
                    Array.Resize(ref _rows, _rows.Length * 2);
                }
                // All of it is set: a row may have been another body's.
                ref ErrorRow row = ref _rows[index];
                row.Kind = kind;
                row.IsEscaped = kind == JsonTokenType.String && reader.ValueIsEscaped;
                row.Start = start + (int)reader.TokenStartIndex + (kind == JsonTokenType.String ? 1 : 0);
                row.Length = reader.ValueSpan.Length;
                row.NameStart = nameStart;
                row.NameLength = nameLength;
                row.IsNameEscaped = isNameEscaped;
                row.FirstChild = 0;
                row.Next = 0;
                nameLength = 0;
                isNameEscaped = false;
                if (depth > 0)
                {
                    // The first within is the next row: all others are linked from the one before.
                    if (last[depth - 1] == 0)
                    {
                        _rows[open[depth - 1]].FirstChild = index;
                    }
                    else
                    {
                        _rows[last[depth - 1]].Next = index;
                    }
                    last[depth - 1] = index;
                }
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
