using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiTools.Chat;
using ApiTools.Validation;

namespace ApiTools.Batch;

/// <summary>
/// The one form of all requests that ask for the same: no blanks, the members of each object in the order of their names' bytes, escapes only where JSON
/// demands them. It is RFC 8785 (JSON Canonicalization Scheme) but for numbers, which keep their text, so that 1 and 1.0 are two requests.
/// How an answer travels is not part of what is asked: <c>stream</c> and <c>stream_options</c> are left out, and <c>max_completion_tokens</c>, which some
/// services want in its place, is <c>max_tokens</c>. Depth costs no stack.
/// </summary>
internal sealed class CanonicalRequest
{
    private const int MaximumDepth = 1 << 20;

    private readonly Stack<Container> _open = new();
    private byte[] _output;
    private int _length;

    private CanonicalRequest(int size) => _output = ArrayPool<byte>.Shared.Rent(Math.Max(size, 256));

    /// <summary>The SHA-256 of the request's canonical form; of its bytes as they are where it is no JSON.</summary>
    /// <param name="request">UTF-8 JSON.</param>
    public static byte[] Hash(ReadOnlySpan<byte> request) => Make(request, Digest.Sha256);

    /// <summary>The canonical form, UTF-8.</summary>
    public static byte[] Write(ReadOnlySpan<byte> request) => Make(request, static bytes => bytes.ToArray());

    private delegate byte[] Use(ReadOnlySpan<byte> bytes);

    private static byte[] Make(ReadOnlySpan<byte> request, Use use)
    {
        CanonicalRequest canonical = new(request.Length + 64);
        try
        {
            canonical.WriteAll(request);
            return use(canonical._output.AsSpan(0, canonical._length));
        }
        catch (JsonException)
        {
            return use(request);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(canonical._output);
        }
    }

    private void WriteAll(ReadOnlySpan<byte> request)
    {
        Utf8JsonReader reader = new(request, new JsonReaderOptions { MaxDepth = MaximumDepth });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    WriteName(ref reader);
                    break;
                case JsonTokenType.EndObject:
                    EndObject(_open.Pop());
                    break;
                case JsonTokenType.EndArray:
                    _open.Pop();
                    Append((byte)']');
                    break;
                default:
                    WriteValue(ref reader);
                    break;
            }
        }
    }

    private void WriteValue(ref Utf8JsonReader reader)
    {
        if (_open.Count > 0)
        {
            _open.Peek().NextItem(this);
        }
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Append((byte)'{');
                _open.Push(new Container(_length, isObject: true));
                break;
            case JsonTokenType.StartArray:
                Append((byte)'[');
                _open.Push(new Container(_length, isObject: false));
                break;
            case JsonTokenType.String:
                WriteString(reader.ValueSpan, reader.ValueIsEscaped);
                break;
            default:
                Append(reader.ValueSpan);
                break;
        }
    }

    private void WriteName(ref Utf8JsonReader reader)
    {
        bool isTop = _open.Count == 1;
        if (isTop && (JsonStrings.NameIs(in reader, "stream"u8) || JsonStrings.NameIs(in reader, "stream_options"u8)))
        {
            reader.Skip();
            return;
        }
        Container container = _open.Peek();
        if (container.Members.Count > 0)
        {
            Append((byte)',');
        }
        int start = _length;
        if (isTop && JsonStrings.NameIs(in reader, "max_completion_tokens"u8))
        {
            WriteString("max_tokens"u8, isEscaped: false);
        }
        else
        {
            WriteString(reader.ValueSpan, reader.ValueIsEscaped);
        }
        container.Members.Add(new Member(start, _length - start));
        Append((byte)':');
    }

    // The members stand in the order in which they came, commas between them: the same bytes in another order need the same room.
    private void EndObject(Container container)
    {
        List<Member> members = container.Members;
        if (!IsSorted(members))
        {
            int start = container.Start;
            byte[] came = _output.AsSpan(start, _length - start).ToArray();
            int end = _length;
            List<(Member Member, int Length)> sorted = new(members.Count);
            for (int i = 0; i < members.Count; i++)
            {
                int next = i + 1 < members.Count ? members[i + 1].Start - 1 : end;
                sorted.Add((members[i], next - members[i].Start));
            }
            sorted.Sort((a, b) => CompareNames(came, start, a.Member, b.Member));
            _length = start;
            foreach ((Member member, int length) in sorted)
            {
                if (_length > start)
                {
                    Append((byte)',');
                }
                Append(came.AsSpan(member.Start - start, length));
            }
        }
        Append((byte)'}');
    }

    private bool IsSorted(List<Member> members)
    {
        for (int i = 1; i < members.Count; i++)
        {
            if (CompareNames(_output, 0, members[i - 1], members[i]) > 0)
            {
                return false;
            }
        }
        return true;
    }

    // Of two members with one name the order counts: which of them a service takes is its own affair.
    private static int CompareNames(byte[] bytes, int offset, Member a, Member b)
    {
        int order = bytes.AsSpan(a.Start - offset, a.NameLength).SequenceCompareTo(bytes.AsSpan(b.Start - offset, b.NameLength));
        return order != 0 ? order : a.Start.CompareTo(b.Start);
    }

    private void WriteString(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        Append((byte)'"');
        if (!isEscaped)
        {
            // A JSON string without escapes has nothing in it that needs one.
            Append(raw);
        }
        else
        {
            WriteDecoded(JsonText.Decode(raw));
        }
        Append((byte)'"');
    }

    private void WriteDecoded(string text)
    {
        int plain = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool isPair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair)
            {
                i++;
            }
            else if (c < ' ' || c is '"' or '\\' || char.IsSurrogate(c))
            {
                AppendText(text.Substring(plain, i - plain));
                AppendText(Escape(c));
                plain = i + 1;
            }
        }
        AppendText(text.Substring(plain));
    }

    // RFC 8785 section 3.2.2.2.
    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        _ => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
    };

    private void AppendText(string text) => Append(Encoding.UTF8.GetBytes(text));

    private void Append(byte b)
    {
        Reserve(1);
        _output[_length++] = b;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_output.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int count)
    {
        if (_output.Length - _length < count)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(_output.Length * 2, _length + count)));
            _output.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_output);
            _output = larger;
        }
    }

    private readonly record struct Member(int Start, int NameLength);

    /// <summary>An object or an array that is open.</summary>
    private sealed class Container(int start, bool isObject)
    {
        private static readonly List<Member> None = [];
        private bool _hasItems;

        /// <summary>Where its first member stands in the output.</summary>
        public int Start { get; } = start;

        public List<Member> Members { get; } = isObject ? [] : None;

        public void NextItem(CanonicalRequest output)
        {
            if (isObject)
            {
                return;
            }
            if (_hasItems)
            {
                output.Append((byte)',');
            }
            _hasItems = true;
        }
    }
}
