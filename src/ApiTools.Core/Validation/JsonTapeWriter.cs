using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>Puts the tokens of a reader on a tape, and finds on the way names given twice, and halves of surrogate pairs.</summary>
/// <param name="tape">Where to put them.</param>
/// <param name="findings">Where to add what is found.</param>
internal struct JsonTapeWriter(JsonTape tape, FindingList findings)
{
    // Up to here each name of an object is compared with each other one; beyond, all are put into a set.
    private const int ComparedNames = 32;

    private readonly int[] _open = tape.Open;
    private readonly int[] _current = tape.Current;
    private int _depth;
    private bool _inArray;

    /// <summary>Takes the reader's token.</summary>
    public void Visit(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
            case JsonTokenType.StartArray:
                CountItem();
                Open(tape.Add(reader.TokenType, start, start + 1));
                break;
            case JsonTokenType.EndObject:
            case JsonTokenType.EndArray:
                Close(start + 1);
                break;
            case JsonTokenType.PropertyName:
                _current[_depth - 1] = AddString(ref reader, start);
                break;
            case JsonTokenType.String:
                CountItem();
                AddString(ref reader, start);
                break;
            default:
                CountItem();
                tape.Add(reader.TokenType, start, start + reader.ValueSpan.Length);
                break;
        }
    }

    /// <summary>Where the containers that are open begin, the outermost first, and whether each is an object.</summary>
    public readonly JsonOpening[] Openings()
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

    private void Open(int index)
    {
        _open[_depth] = index;
        _current[_depth] = -1;
        _depth++;
        _inArray = tape[index].Type == JsonTokenType.StartArray;
    }

    private void Close(int end)
    {
        int index = _open[_depth - 1];
        tape.Close(index, end);
        if (!_inArray)
        {
            CheckNames(index);
        }
        _depth--;
        _inArray = _depth > 0 && tape[_open[_depth - 1]].Type == JsonTokenType.StartArray;
    }

    private readonly int AddString(ref Utf8JsonReader reader, int start)
    {
        ReadOnlySpan<byte> raw = reader.ValueSpan;
        bool isEscaped = reader.ValueIsEscaped;
        int index = tape.Add(reader.TokenType, start, start + raw.Length + 2, isEscaped);
        if (isEscaped && !findings.IsFull && JsonText.FindHalfPair(raw) is int half and >= 0)
        {
            RequestPath path = Path(reader.TokenType == JsonTokenType.PropertyName ? _depth - 1 : _depth);
            JsonFault fault = new(
                start + 1 + half,
                $"{path} has half a surrogate pair in it (\\u{JsonFault.Text(raw.Slice(half + 2, 4))}), which is no character: write both halves, or neither.",
                SyntaxMend.Replace(start + 1 + half, 6, "\\ufffd", "half a surrogate pair changed into U+FFFD", isSafe: false));
            findings.Fault(fault, path);
        }
        return index;
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
        bool escaped = false;
        for (int name = container + 1; name < tape.Count; name = tape[name + 1].Next)
        {
            escaped |= tape[name].IsEscaped;
            if (escaped || ++names > ComparedNames)
            {
                CheckManyNames(container, name);
                return;
            }
            if (IsBefore(container, name))
            {
                AddRepeated(name, tape.GetString(name));
            }
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
