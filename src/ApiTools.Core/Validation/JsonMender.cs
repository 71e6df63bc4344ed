using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>
/// Mends the syntax of a text that ought to be JSON: one fault after another, as long as each can have meant one thing only. All bytes outside the edits
/// stay. The time is linear in the text's length, whatever is in it.
/// </summary>
internal sealed class JsonMender
{
    // How often, on average, a byte may be gone over again. A text that wants more is no text that somebody wrote.
    private const int MaximumPasses = 64;
    private const int LeastCost = 16;

    // Each is kept, to be told.
    private const int MaximumMends = 1_000_000;

    private readonly bool _includeUnsafe;
    private readonly CancellationToken _cancellationToken;
    private readonly MendBuffer _buffer;
    private readonly List<(SyntaxMend Mend, int Original)> _applied = [];
    private readonly Stack<JsonOpening> _open = new();
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = JsonSyntax.MaximumDepth });
    private JsonTokenType _last = JsonTokenType.None;
    private long _budget;
    private int _grown;

    private JsonMender(byte[] text, bool includeUnsafe, CancellationToken cancellationToken)
    {
        _includeUnsafe = includeUnsafe;
        _cancellationToken = cancellationToken;
        _buffer = new MendBuffer(text);
        _budget = ((long)text.Length + 1024) * MaximumPasses;
    }

    /// <summary>Mends a text.</summary>
    /// <param name="text">The text; any bytes.</param>
    /// <param name="includeUnsafe">Whether to apply also what may have meant something else.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static JsonMendResult Mend(byte[] text, bool includeUnsafe, CancellationToken cancellationToken)
    {
        List<SyntaxEdit> edits = [];
        byte[] utf8 = MendEncoding(text, edits);
        if (Utf8Check.FindInvalid(utf8) is int invalid and >= 0)
        {
            return new JsonMendResult(utf8, edits, JsonEncoding.InvalidByte(utf8, invalid));
        }
        JsonMender mender = new(utf8, includeUnsafe, cancellationToken);
        bool isMended = mender.Run();
        byte[] mended = mender._buffer.ToArray();
        TextPositions positions = new(utf8, firstLine: 1);
        foreach ((SyntaxMend mend, int original) in mender._applied)
        {
            (int line, int column) = positions.Locate(original);
            edits.Add(new SyntaxEdit(mend, line, column));
        }
        return new JsonMendResult(mended, edits, isMended ? null : JsonSyntax.FindFault(mended));
    }

    // RFC 8259 section 8.1: UTF-8, and without a mark.
    private static byte[] MendEncoding(byte[] text, List<SyntaxEdit> edits)
    {
        if (JsonEncoding.Detect(text) is System.Text.Encoding encoding && JsonEncoding.Transcode(text, encoding) is byte[] utf8)
        {
            edits.Add(new SyntaxEdit(new SyntaxMend(0, text.Length, utf8, $"{encoding.WebName} changed into UTF-8"), 1, 1));
            return utf8;
        }
        if (text.AsSpan().StartsWith(Utf8Text.ByteOrderMark))
        {
            ReadOnlySpan<byte> rest = Utf8Text.SkipMarks(text);
            edits.Add(new SyntaxEdit(SyntaxMend.Remove(0, text.Length - rest.Length, "the byte order mark taken out"), 1, 1));
            return rest.ToArray();
        }
        return text;
    }

    // False where a fault is left.
    private bool Run()
    {
        while (!ReadOn())
        {
            _cancellationToken.ThrowIfCancellationRequested();
            JsonFaultContext context = new(0, _last, [.. _open.Reverse()], 1);
            SyntaxMend? mend = new JsonFaultFinder(_buffer.Rest, context).Find().Mend;
            if (mend is null || !(mend.IsSafe || _includeUnsafe) || _budget < 0 || _applied.Count >= MaximumMends)
            {
                return false;
            }
            mend = KeepApart(mend);
            Record(mend);
            _buffer.Apply(mend);
        }
        return true;
    }

    // 1/* */2 must not become 12.
    private SyntaxMend KeepApart(SyntaxMend mend)
    {
        ReadOnlySpan<byte> rest = _buffer.Rest;
        byte before = mend.Offset > 0 ? rest[mend.Offset - 1] : _buffer.LastDone;
        bool joins = mend.Replacement.Length == 0 && IsOfToken(before) && IsOfToken(JsonScan.At(rest, mend.Offset + mend.Length));
        return joins ? mend with { Replacement = [(byte)' '] } : mend;
    }

    private static bool IsOfToken(byte b) =>
        b is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'.' or (byte)'-' or (byte)'+' or (byte)'_' or >= 0x80;

    private void Record(SyntaxMend mend)
    {
        _budget -= mend.Offset + mend.Length + mend.Replacement.Length + LeastCost;
        SyntaxMend placed = mend with { Offset = _buffer.Done + mend.Offset };
        int original = Math.Max(placed.Offset - _grown, _applied.Count == 0 ? 0 : _applied[_applied.Count - 1].Original);
        _applied.Add((placed, original));
        _grown += mend.Replacement.Length - mend.Length;
    }

    // Reads as far as the text is good, which then is done; true where that is its end.
    private bool ReadOn()
    {
        Utf8JsonReader reader = new(_buffer.Rest, isFinalBlock: true, _state);
        int good = 0;
        bool isGood = !IsFaultNext(good);
        try
        {
            while (isGood && reader.Read())
            {
                Visit(ref reader);
                good = (int)reader.BytesConsumed;
                _state = reader.CurrentState;
                isGood = !IsFaultNext(good);
            }
        }
        catch (JsonException)
        {
            isGood = false;
        }
        _buffer.Advance(good);
        return isGood;
    }

    private bool IsFaultNext(int offset) => JsonGlance.IsFault(_buffer.Rest.Slice(offset), _last, _open.Count > 0 ? _open.Peek() : null);

    private void Visit(ref Utf8JsonReader reader)
    {
        _last = reader.TokenType;
        switch (_last)
        {
            case JsonTokenType.StartObject:
            case JsonTokenType.StartArray:
                _open.Push(new JsonOpening(0, _last == JsonTokenType.StartObject));
                break;
            case JsonTokenType.EndObject:
            case JsonTokenType.EndArray:
                _open.Pop();
                break;
            case JsonTokenType.String or JsonTokenType.PropertyName when reader.ValueIsEscaped && _includeUnsafe:
                MendHalfPairs((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
                break;
            default:
                break;
        }
    }

    // The grammar has no objection to half a surrogate pair; U+FFFD is what would be sent for it in the end.
    private void MendHalfPairs(int start, int length)
    {
        Span<byte> raw = _buffer.Rest.Slice(start, length);
        int from = 0;
        while (JsonText.FindHalfPair(raw.Slice(from)) is int half and >= 0)
        {
            int offset = from + half;
            Record(SyntaxMend.Replace(start + offset, 6, "\\ufffd", "half a surrogate pair changed into U+FFFD", isSafe: false));
            "\\ufffd"u8.CopyTo(raw.Slice(offset));
            from = offset + 6;
        }
    }
}
