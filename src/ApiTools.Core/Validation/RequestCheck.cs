using System.Text.Json;
using ApiTools.Tokens;

namespace ApiTools.Validation;

/// <summary>
/// Walks a request along the table of rules and adds what does not keep to them. It is used again for the next request: a request that keeps to
/// all rules costs no memory.
/// </summary>
internal sealed class RequestCheck
{
    private const string InvalidValue = "invalid_value";

    [ThreadStatic]
    private static RequestCheck? _spare;

    private readonly PathStack _path = new();
    private readonly JsonTape _tape = new();
    private bool _isTaken;
    private int[] _slots = new int[256];
    private int _slotsUsed;
    private TokenTally _tally;

    /// <summary>What to take into account.</summary>
    public RequestCheckOptions Options { get; private set; } = RequestCheckOptions.Default;

    /// <summary>The number of the text's first line in the file that it is of.</summary>
    public int FirstLine { get; private set; } = 1;

    /// <summary>What was found so far.</summary>
    public FindingList Findings { get; } = new();

    /// <summary>The model that the request names.</summary>
    public RequestModel Model { get; } = new();

    /// <summary>Which tool calls wait for an answer.</summary>
    public ToolOrder ToolOrder { get; } = new();

    /// <summary>The text of the messages so far, as the estimate counts it.</summary>
    public TokenTally Tally => _tally;

    /// <summary>The estimated tokens of the messages; null where there are none to read.</summary>
    public long? Tokens { get; set; }

    /// <summary>The estimated tokens of each message, where they are too many; null where not.</summary>
    public long[]? MessageTokens { get; set; }

    /// <summary>The place that is being checked. Made anew at each call.</summary>
    public RequestPath Path => _path.ToPath(_tape);

    /// <summary>How many steps down it is.</summary>
    public int Depth => _path.Depth;

    /// <summary>The index of the array's item that is being checked.</summary>
    public int Index => _path.Index;

    /// <summary>A check for one request. <see cref="Return"/> gives it back.</summary>
    /// <param name="options">What to take into account.</param>
    /// <param name="firstLine">The number of the text's first line: apart from the options, so that those of a file serve all of its lines.</param>
    /// <param name="isForVerdict">Whether nothing but the verdict is asked for.</param>
    public static RequestCheck Rent(RequestCheckOptions options, int firstLine, bool isForVerdict)
    {
        RequestCheck check = _spare ??= new();
        if (check._isTaken)
        {
            // Options ask somebody else, who may check a request of his own.
            _spare = check = new();
        }
        check._isTaken = true;
        check.Options = options;
        check.FirstLine = firstLine;
        check.Findings.Clear(isForVerdict, options.MaximumFindings);
        check.Tokens = null;
        check.MessageTokens = null;
        check.Model.Clear();
        check._tally = default;
        check._path.Clear();
        check._slotsUsed = 0;
        return check;
    }

    /// <summary>Keeps the check for the thread's next request.</summary>
    public void Return()
    {
        // Nothing of the request is kept alive.
        _tape.End();
        ToolOrder.Clear();
        Findings.Clear(isForVerdict: false);
        _isTaken = false;
    }

    /// <summary>Reads a text onto the check's tape, and adds what is wrong with its syntax; null where it is no JSON.</summary>
    /// <param name="json">The text, without a byte order mark.</param>
    /// <param name="firstLine">The number of its first line.</param>
    public JsonTape? Read(ReadOnlyMemory<byte> json, int firstLine)
    {
        _tape.Begin(json);
        return JsonSyntax.TryRead(_tape, Findings, firstLine) ? _tape : null;
    }

    /// <summary>Checks the request that stands at a place of the text that was read.</summary>
    /// <param name="index">The request's place on the tape.</param>
    public void Check(int index) => Check(RequestRules.Request, _tape, index);

    /// <summary>Says that a value is of a kind that its rule does not allow.</summary>
    public void WrongKind(RequestRule rule, JsonSlice value)
    {
        RequestPath path = Path;
        Findings.Error(
            InvalidValue, value.Start, path, $"{path} is {ValueKind.Describe(value)}; it has to be {ValueKind.Words(rule.Kinds)}.", ValueKind.Fix(rule, value, path));
    }

    /// <summary>Says that a member of the object that is being checked is not there.</summary>
    public void Missing(JsonSlice parent, RequestPath path, string why, JsonFix? fix = null) =>
        Findings.Error("missing_required_field", parent.Start, path, $"{path} is missing: {why}", fix);

    /// <summary>Says that a member of the object that is being checked is wrong.</summary>
    public void Error(JsonSlice value, RequestPath path, string message, JsonFix? fix = null) => Findings.Error(InvalidValue, value.Start, path, message, fix);

    /// <summary>Says that a member of the object that is being checked may be refused.</summary>
    public void Warning(JsonSlice value, RequestPath path, string message, JsonFix? fix = null) => Findings.Warning(InvalidValue, value.Start, path, message, fix);

    /// <summary>Goes down to a member, for a relation that reads deeper than the table.</summary>
    public void Enter(string name) => _path.PushMember(name);

    /// <summary>Goes down to the child that was read last.</summary>
    public void Enter(JsonSlice parent, in JsonChildren child)
    {
        if (parent.Type == JsonTokenType.StartArray)
        {
            _path.PushItem(child.Index);
        }
        else
        {
            _path.PushMember(child.NameIndex);
        }
    }

    /// <summary>Goes up again.</summary>
    public void Leave() => _path.Pop();

    private void Check(RequestRule rule, JsonTape tape, int index)
    {
        JsonTokenType type = tape[index].Type;
        if (Findings.IsFull)
        {
            return;
        }
        if (!rule.Takes(type))
        {
            Refuse(rule, new JsonSlice(tape, index));
            return;
        }
        switch (type)
        {
            case JsonTokenType.Number:
                NumberRules.Check(this, rule, new JsonSlice(tape, index));
                break;
            case JsonTokenType.String:
                if (rule.Counts)
                {
                    Count(new JsonSlice(tape, index));
                }
                if (rule.HasTextRules)
                {
                    TextRules.Check(this, rule, new JsonSlice(tape, index));
                }
                break;
            case JsonTokenType.StartObject:
                CheckObject(rule, tape, index);
                break;
            case JsonTokenType.StartArray:
                CheckArray(rule, tape, index);
                break;
            default:
                break;
        }
    }

    private void Refuse(RequestRule rule, JsonSlice value)
    {
        if (value.Type != JsonTokenType.Null)
        {
            WrongKind(rule, value);
            return;
        }
        if (rule.Required || _path.IsItem)
        {
            RequestPath path = Path;
            JsonFix? fix = _path.IsItem ? JsonFix.Choice(JsonPatch.Remove(path)) : null;
            Error(value, path, $"{path} is null; it has to be {ValueKind.Words(rule.Kinds)}.", fix);
        }
        else if (Findings.WantsWarnings)
        {
            RequestPath path = Path;
            Warning(
                value, path, $"{path} is null, which is documented nowhere, and which some services refuse: leave it out.", JsonFix.Safe(JsonPatch.Remove(path)));
        }
    }

    private void Count(JsonSlice text)
    {
        if (text.IsEscaped)
        {
            JsonTextCount.Add(text.RawString, ref _tally);
        }
        else
        {
            _tally.AddUtf8(text.RawString);
        }
    }

    private void CheckArray(RequestRule rule, JsonTape tape, int index)
    {
        int end = tape[index].Next;
        int count = 0;
        // An array of which nothing is known is not read.
        bool isRead = rule.Item is not null || rule.MaximumItems is not null;
        _path.PushItem(0);
        for (int item = index + 1; item < end && (isRead || count == 0); item = tape[item].Next)
        {
            if (rule.Item is not null)
            {
                _path.MoveTo(count);
                Check(rule.Item, tape, item);
            }
            count++;
        }
        _path.Pop();
        CheckCount(rule, count, "item", new JsonSlice(tape, index));
    }

    private void CheckObject(RequestRule rule, JsonTape tape, int index)
    {
        if (rule.Members is not null)
        {
            CheckMembers(rule, rule.Members, tape, index);
        }
        if (rule.Entry is null)
        {
            return;
        }
        int end = tape[index].Next;
        int count = 0;
        for (int name = index + 1; name < end; name = tape[name + 1].Next)
        {
            count++;
            if (!Findings.IsFull)
            {
                _path.PushMember(name);
                if (rule.EntryName is not null)
                {
                    TextRules.CheckName(this, rule.EntryName, tape.RawString(name), tape[name].Start);
                }
                Check(rule.Entry, tape, name + 1);
                _path.Pop();
            }
        }
        CheckCount(rule, count, "entry", new JsonSlice(tape, index));
    }

    private void CheckCount(RequestRule rule, int count, string what, JsonSlice value)
    {
        if (count < rule.MinimumItems)
        {
            RequestPath path = Path;
            Error(value, path, $"{path} is empty; it has to have at least one {what}.");
        }
        else if (count > rule.MaximumItems)
        {
            RequestPath path = Path;
            string many = what == "entry" ? "entries" : what + "s";
            Error(value, path, $"{path} has {count} {many}; it may have at most {rule.MaximumItems}.");
        }
    }

    private void CheckMembers(RequestRule rule, RequestRule[] rules, JsonTape tape, int index)
    {
        int first = TakeSlots(rules.Length);
        ulong present = 0;
        ulong given = 0;
        ulong relations = rule.RelationsAboutAll;
        List<(string Name, int Start)>? unknown = null;
        int end = tape[index].Next;
        _path.PushMember(0);
        for (int name = index + 1; name < end; name = tape[name + 1].Next)
        {
            int member = rule.IndexOfMember(tape[name].IsEscaped ? JsonSliceText.Plain(tape.RawString(name)) : tape.RawString(name));
            if (member >= 0)
            {
                ulong bit = 1UL << member;
                present |= bit;
                given = tape[name + 1].Type == JsonTokenType.Null ? given & ~bit : given | bit;
                relations |= rule.RelationsAbout[member];
                _slots[first + member] = name + 1;
                _path.MoveTo(name);
                Check(rules[member], tape, name + 1);
            }
            else if (!Findings.IsForVerdict && (unknown is null || unknown.Count < FindingList.Maximum))
            {
                (unknown ??= []).Add((tape.GetString(name), tape[name].Start));
            }
        }
        _path.Pop();
        RequestMembers members = new(rule, new JsonSlice(tape, index), tape, _slots.AsSpan(first, rules.Length), present, given);
        if (unknown is not null || (present & rule.RequiredMembers) != rule.RequiredMembers)
        {
            MemberNames.Check(this, members, unknown);
        }
        if (rule.IsPlain is null || !rule.IsPlain(this, members))
        {
            CheckRelations(members, relations);
        }
        _slotsUsed = first;
    }

    private void CheckRelations(in RequestMembers members, ulong relations)
    {
        BoundRelation[] all = members.Rule.BoundRelations;
        for (int i = 0; relations != 0; i++, relations >>= 1)
        {
            // Those of the request say its model and length too.
            if ((relations & 1) != 0 && all[i].Applies(members) && (!Findings.IsFull || (Depth == 0 && !Findings.IsForVerdict)))
            {
                all[i].Check(this, members);
            }
        }
    }

    // Each object that is open has a place for each of its members; those of the objects in it lie behind.
    private int TakeSlots(int count)
    {
        int first = _slotsUsed;
        _slotsUsed += count;
        if (_slotsUsed > _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(_slots.Length * 2, _slotsUsed));
        }
        return first;
    }
}
