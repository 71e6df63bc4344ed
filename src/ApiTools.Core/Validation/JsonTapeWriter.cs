using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>Puts the tokens of a text on its tape, and finds on the way names given twice, and halves of surrogate pairs.</summary>
/// <param name="tape">The text's tape.</param>
/// <param name="findings">Where to add what is found.</param>
internal struct JsonTapeWriter(JsonTape tape, FindingList findings)
{
    // Up to here each name of an object is compared with each other one; beyond, all are put into a set.
    private const int ComparedNames = 32;

    private readonly int[] _open = tape.Open;
    private readonly int[] _current = tape.Current;
    private int _depth;
    private bool _inArray;

    /// <summary>Reads the text; the fault that its length is, where it has more names and values than fit a tape.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public JsonFault? ReadAll()
    {
        Utf8JsonReader reader = new(tape.Text.Span, new JsonReaderOptions { MaxDepth = JsonSyntax.MaximumDepth });
        while (reader.Read())
        {
            int start = (int)reader.TokenStartIndex;
            if (tape.Count == JsonTape.MaximumEntries)
            {
                return JsonFault.TooMany(start);
            }
            JsonTokenType type = reader.TokenType;
            switch (type)
            {
                case JsonTokenType.PropertyName:
                    _current[_depth - 1] = tape.Count;
                    AddString(type, start, reader.ValueSpan, reader.ValueIsEscaped);
                    break;
                case JsonTokenType.String:
                    CountItem();
                    AddString(type, start, reader.ValueSpan, reader.ValueIsEscaped);
                    break;
                case JsonTokenType.StartObject:
                case JsonTokenType.StartArray:
                    CountItem();
                    Open(tape.Add(type, start, start + 1), type);
                    break;
                case JsonTokenType.EndObject:
                case JsonTokenType.EndArray:
                    Close(start + 1);
                    break;
                default:
                    CountItem();
                    tape.Add(type, start, start + reader.ValueSpan.Length);
                    break;
            }
        }
        return null;
    }

    /// <summary>Where the reader stood when it met a fault.</summary>
    /// <param name="firstLine">The number of the text's first line.</param>
    public readonly JsonFaultContext Context(int firstLine)
    {
        int last = -1;
        for (int i = 0; i < tape.Count; i++)
        {
            // What ends last was read last; a container that is open ends behind its bracket.
            last = last < 0 || tape[i].End > tape[last].End ? i : last;
        }
        if (last < 0)
        {
            return new JsonFaultContext(0, JsonTokenType.None, [], firstLine);
        }
        JsonTapeEntry entry = tape[last];
        return entry.Type switch
        {
            JsonTokenType.PropertyName => new JsonFaultContext(PastColon(entry.End), entry.Type, Openings(), firstLine),
            JsonTokenType.StartObject when entry.End > entry.Start + 1 => new JsonFaultContext(entry.End, JsonTokenType.EndObject, Openings(), firstLine),
            JsonTokenType.StartArray when entry.End > entry.Start + 1 => new JsonFaultContext(entry.End, JsonTokenType.EndArray, Openings(), firstLine),
            _ => new JsonFaultContext(entry.End, entry.Type, Openings(), firstLine),
        };
    }

    // The reader takes a name and its colon as one.
    private readonly int PastColon(int end) => JsonScan.SkipBlanks(tape.Text.Span, end) + 1;

    // Where the containers that are open begin, the outermost first, and whether each is an object.
    private readonly JsonOpening[] Openings()
    {
        JsonOpening[] openings = new JsonOpening[_depth];
        for (int i = 0; i < _depth; i++)
        {
            JsonTapeEntry entry = tape[_open[i]];
            openings[i] = new JsonOpening(entry.Start, entry.Type == JsonTokenType.StartObject);
        }
        return openings;
    }

    private readonly void CountItem()
    {
        if (_inArray)
        {
            _current[_depth - 1]++;
        }
    }

    private void Open(int index, JsonTokenType type)
    {
        _open[_depth] = index;
        _current[_depth] = -1;
        _depth++;
        _inArray = type == JsonTokenType.StartArray;
    }

    private void Close(int end)
    {
        int index = _open[_depth - 1];
        tape.Close(index, end);
        if (!_inArray && !findings.IsForVerdict)
        {
            CheckNames(index);
        }
        _depth--;
        _inArray = _depth > 0 && tape[_open[_depth - 1]].Type == JsonTokenType.StartArray;
    }

    private readonly void AddString(JsonTokenType type, int start, ReadOnlySpan<byte> raw, bool isEscaped)
    {
        tape.Add(type, start, start + raw.Length + 2, isEscaped);
        if (isEscaped && JsonText.FindHalfPair(raw) is int half and >= 0)
        {
            AddHalfPair(type, start + 1 + half, raw.Slice(half + 2, 4));
        }
    }

    private readonly void AddHalfPair(JsonTokenType type, int offset, ReadOnlySpan<byte> digits)
    {
        if (!findings.IsFull)
        {
            RequestPath path = Path(type == JsonTokenType.PropertyName ? _depth - 1 : _depth);
            JsonFault fault = new(
                offset,
                $"{path} has half a surrogate pair in it (\\u{JsonFault.Text(digits)}), which is no character: write both halves, or neither.",
                SyntaxMend.Replace(offset, 6, "\\ufffd", "half a surrogate pair changed into U+FFFD", isSafe: false));
            findings.Fault(fault, path);
        }
    }

    // Where a container of some depth is, and in it the child that it has come to.
    private readonly RequestPath Path(int depth)
    {
        RequestPath path = RequestPath.Root;
        for (int i = 0; i < depth; i++)
        {
            path = tape[_open[i]].Type == JsonTokenType.StartObject ? path.Member(tape.GetString(_current[i])) : path.Item(_current[i]);
        }
        return path;
    }

    private readonly void CheckNames(int container)
    {
        int names = 0;
        // A bit for each length that there was: names of different lengths differ.
        ulong lengths = 0;
        for (int name = container + 1; name < tape.Count; name = tape[name + 1].Next)
        {
            if (tape[name].IsEscaped || ++names > ComparedNames)
            {
                CheckManyNames(container, name);
                return;
            }
            ulong length = 1UL << (tape[name].End - tape[name].Start);
            if ((lengths & length) != 0 && IsBefore(container, name))
            {
                AddRepeated(name, tape.GetString(name));
            }
            lengths |= length;
        }
    }

    private readonly bool IsBefore(int container, int name)
    {
        ReadOnlySpan<byte> text = tape.RawString(name);
        for (int other = container + 1; other < name; other = tape[other + 1].Next)
        {
            if (tape[other].End - tape[other].Start == text.Length + 2 && tape.RawString(other).SequenceEqual(text))
            {
                return true;
            }
        }
        return false;
    }

    // Those before the first were looked at by comparing.
    private readonly void CheckManyNames(int container, int first)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        for (int name = container + 1; name < tape.Count; name = tape[name + 1].Next)
        {
            string text = tape.GetString(name);
            if (!names.Add(text) && name >= first)
            {
                AddRepeated(name, text);
            }
        }
    }

    private readonly void AddRepeated(int name, string text)
    {
        if (findings.WantsWarnings)
        {
            RequestPath path = Path(_depth - 1).Member(text);
            findings.Warning(
                "invalid_value",
                tape[name].Start,
                path,
                $"{path} is given twice. Which of the two counts differs between services (RFC 8259 section 4): keep one.");
        }
    }
}
