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
    private int _depth;

    // For each container that is open, how far its items were counted; null as long as nothing is found.
    private Counted[]? _counted;

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
            // Most are names and strings: those first.
            if (type is JsonTokenType.PropertyName or JsonTokenType.String)
            {
                AddString(type, start, reader.ValueSpan, reader.ValueIsEscaped);
            }
            else if (type is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                _open[_depth++] = tape.Add(type, start, start + 1);
            }
            else if (type == JsonTokenType.EndObject)
            {
                CloseObject(start + 1);
            }
            else if (type == JsonTokenType.EndArray)
            {
                tape.Close(_open[--_depth], start + 1);
            }
            else
            {
                tape.Add(type, start, start + reader.ValueSpan.Length);
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

    private void CloseObject(int end)
    {
        int index = _open[_depth - 1];
        tape.Close(index, end);
        if (!findings.IsForVerdict)
        {
            CheckNames(index);
        }
        _depth--;
    }

    private void AddString(JsonTokenType type, int start, ReadOnlySpan<byte> raw, bool isEscaped)
    {
        int index = tape.Add(type, start, start + raw.Length + 2, isEscaped);
        if (isEscaped && JsonText.FindHalfPair(raw) is int half and >= 0)
        {
            AddHalfPair(index, half);
        }
    }

    private void AddHalfPair(int index, int half)
    {
        if (!findings.IsFull)
        {
            RequestPath path = Path(index, tape[index].Type == JsonTokenType.PropertyName ? _depth - 1 : _depth);
            string digits = JsonFault.Text(tape.RawString(index).Slice(half + 2, 4));
            int offset = tape[index].Start + 1 + half;
            JsonFault fault = new(
                offset,
                $"{path} has half a surrogate pair in it (\\u{digits}), which is no character: write both halves, or neither.",
                SyntaxMend.Replace(offset, 6, "\\ufffd", "half a surrogate pair changed into U+FFFD", isSafe: false));
            findings.Fault(fault, path);
        }
    }

    // Where a value is: in how many of the containers that are open, and in each of them the child that it is or is in.
    private RequestPath Path(int value, int depth)
    {
        RequestPath path = RequestPath.Root;
        for (int i = 0; i < depth; i++)
        {
            int child = i + 1 < _depth ? _open[i + 1] : value;
            path = tape[_open[i]].Type == JsonTokenType.StartObject ? path.Member(tape.GetString(child - 1)) : path.Item(Number(i, child));
        }
        return path;
    }

    // What is found comes in the order of the text: counting goes on where it ended, so that all of it takes as long as the text is.
    private int Number(int depth, int child)
    {
        _counted ??= new Counted[JsonSyntax.MaximumDepth];
        ref Counted counted = ref _counted[depth];
        if (counted.Container != _open[depth] || counted.Item == 0)
        {
            counted = new Counted { Container = _open[depth], Item = _open[depth] + 1 };
        }
        while (counted.Item < child)
        {
            counted.Item = tape[counted.Item].Next;
            counted.Number++;
        }
        return counted.Number;
    }

    private void CheckNames(int container)
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
    private void CheckManyNames(int container, int first)
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

    private void AddRepeated(int name, string text)
    {
        if (findings.IsForVerdict)
        {
            return;
        }
        RequestPath path = Path(name, _depth - 1).Member(text);
        findings.Repeats.Add(path.Pointer, tape[name].Start);
        if (findings.WantsWarnings)
        {
            findings.Warning(
                "invalid_value",
                tape[name].Start,
                path,
                $"{path} is given twice. Which of the two counts differs between services (RFC 8259 section 4): keep one.");
        }
    }

    private struct Counted
    {
        public int Container;
        public int Item;
        public int Number;
    }
}
