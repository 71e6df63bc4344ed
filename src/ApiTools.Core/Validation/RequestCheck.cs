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
    private int[] _slots = new int[256];
    private int _slotsUsed;
    private TokenTally _tally;

    /// <summary>What to take into account.</summary>
    public RequestCheckOptions Options { get; private set; } = RequestCheckOptions.Default;

    /// <summary>What was found so far.</summary>
    public FindingList Findings { get; private set; } = new();

    /// <summary>The model that the request names.</summary>
    public RequestModel Model { get; } = new();

    /// <summary>Which tool calls wait for an answer.</summary>
    public ToolOrder ToolOrder { get; } = new();

    /// <summary>The text of the messages so far, as the estimate counts it.</summary>
    public TokenTally Tally => _tally;

    /// <summary>The estimated tokens of the messages; null where there are none to read.</summary>
    public long? Tokens { get; set; }

    /// <summary>The place that is being checked. Made anew at each call.</summary>
    public RequestPath Path => _path.ToPath();

    /// <summary>How many steps down it is.</summary>
    public int Depth => _path.Depth;

    /// <summary>The index of the array's item that is being checked.</summary>
    public int Index => _path.Index;

    /// <summary>A check for one request. <see cref="Return"/> gives it back.</summary>
    public static RequestCheck Rent(RequestCheckOptions options, FindingList findings)
    {
        RequestCheck check = _spare ?? new();
        _spare = null;
        check.Options = options;
        check.Findings = findings;
        check.Tokens = null;
        check.Model.Clear();
        check.ToolOrder.Clear();
        check._tally = default;
        check._path.Clear();
        check._slotsUsed = 0;
        return check;
    }

    /// <summary>Keeps the check for the thread's next request.</summary>
    public void Return()
    {
        // Nothing of the request is kept alive.
        _path.Forget();
        ToolOrder.Clear();
        _spare = this;
    }

    /// <summary>Checks one value and all that it holds.</summary>
    public void Check(RequestRule rule, JsonSlice value)
    {
        if (Findings.IsFull)
        {
            return;
        }
        if (value.Type == JsonTokenType.Null)
        {
            CheckNull(rule, value);
            return;
        }
        if (!ValueKind.Allows(rule.Kinds, value))
        {
            RequestPath path = Path;
            Findings.Error(
                InvalidValue, value.Start, path, $"{path} is {ValueKind.Describe(value)}; it has to be {ValueKind.Words(rule.Kinds)}.", ValueKind.Fix(rule, value, path));
            return;
        }
        switch (value.Type)
        {
            case JsonTokenType.Number:
                NumberRules.Check(this, rule, value);
                break;
            case JsonTokenType.String:
                if (rule.Counts)
                {
                    Count(value);
                }
                TextRules.Check(this, rule, value);
                break;
            case JsonTokenType.StartObject:
                CheckObject(rule, value);
                break;
            case JsonTokenType.StartArray:
                CheckArray(rule, value);
                break;
            default:
                break;
        }
    }

    /// <summary>Says that a member of the object that is being checked is not there.</summary>
    public void Missing(JsonSlice parent, RequestPath path, string why, JsonFix? fix = null) =>
        Findings.Error("missing_required_field", parent.Start, path, $"{path} is missing: {why}", fix);

    /// <summary>Says that a member of the object that is being checked is wrong.</summary>
    public void Error(JsonSlice value, RequestPath path, string message, JsonFix? fix = null) => Findings.Error(InvalidValue, value.Start, path, message, fix);

    /// <summary>Says that a member of the object that is being checked may be refused.</summary>
    public void Warning(JsonSlice value, RequestPath path, string message, JsonFix? fix = null) => Findings.Warning(InvalidValue, value.Start, path, message, fix);

    /// <summary>Goes down to a member, for a relation that reads deeper than the table.</summary>
    public void Enter(string name) => _path.Push(name);

    /// <summary>Goes down to the child that was read last.</summary>
    public void Enter(JsonSlice parent, in JsonChildren child)
    {
        if (parent.Type == JsonTokenType.StartArray)
        {
            _path.Push(child.Index);
        }
        else
        {
            _path.Push(parent.Text, child.Start, child.RawName.Length);
        }
    }

    /// <summary>Goes up again.</summary>
    public void Leave() => _path.Pop();

    private void CheckNull(RequestRule rule, JsonSlice value)
    {
        if (rule.Nullable)
        {
            return;
        }
        RequestPath path = Path;
        if (rule.Required || path.IsItem)
        {
            JsonFix? fix = path.IsItem ? JsonFix.Choice(JsonPatch.Remove(path)) : null;
            Error(value, path, $"{path} is null; it has to be {ValueKind.Words(rule.Kinds)}.", fix);
        }
        else
        {
            Warning(
                value, path, $"{path} is null, which is documented nowhere, and which some services refuse: leave it out.", JsonFix.Safe(JsonPatch.Remove(path)));
        }
    }

    private void Count(JsonSlice text)
    {
        if (text.IsEscaped)
        {
            JsonText.Tally(text.RawString, ref _tally);
        }
        else
        {
            _tally.AddUtf8(text.RawString);
        }
    }

    private void CheckArray(RequestRule rule, JsonSlice value)
    {
        int count = 0;
        JsonChildren items = value.Children();
        // An array of which nothing is known is not read.
        while ((rule.Item is not null || rule.MaximumItems is not null || count == 0) && items.MoveNext())
        {
            if (rule.Item is not null && !Findings.IsFull)
            {
                _path.Push(count);
                Check(rule.Item, items.Value);
                _path.Pop();
            }
            count++;
        }
        CheckCount(rule, count, "item", value);
    }

    private void CheckObject(RequestRule rule, JsonSlice value)
    {
        if (rule.Members is not null)
        {
            CheckMembers(rule, rule.Members, value);
        }
        if (rule.Entry is null)
        {
            return;
        }
        int count = 0;
        JsonChildren entries = value.Children();
        while (entries.MoveNext())
        {
            count++;
            if (!Findings.IsFull)
            {
                _path.Push(value.Text, entries.Start, entries.RawName.Length);
                if (rule.EntryName is not null)
                {
                    TextRules.CheckName(this, rule.EntryName, entries.RawName, entries.Start);
                }
                Check(rule.Entry, entries.Value);
                _path.Pop();
            }
        }
        CheckCount(rule, count, "entry", value);
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

    private void CheckMembers(RequestRule rule, RequestRule[] rules, JsonSlice value)
    {
        int first = TakeSlots(rules.Length);
        List<(string Name, int Start)>? unknown = null;
        JsonChildren children = value.Children();
        while (children.MoveNext())
        {
            int index = rule.IndexOfMember(JsonSliceText.Plain(children.RawName));
            if (index >= 0)
            {
                JsonSlice child = children.Value;
                _slots[first + index] = child.Index;
                _path.Push(rules[index].Name);
                Check(rules[index], child);
                _path.Pop();
            }
            else if (unknown is null || unknown.Count < FindingList.Maximum)
            {
                (unknown ??= []).Add((children.Name, children.Start));
            }
        }
        RequestMembers members = new(rule, value, _slots.AsSpan(first, rules.Length));
        MemberNames.Check(this, members, unknown);
        RequestRelation[] relations = rule.Relations;
        for (int i = 0; i < relations.Length; i++)
        {
            int about = rule.RelationMembers[i];
            // Those of the request say its model and length too.
            if ((about < 0 || members.TypeAt(about) != JsonTokenType.None) && (!Findings.IsFull || Depth == 0))
            {
                relations[i].Check(this, members);
            }
        }
        _slotsUsed = first;
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
        Array.Clear(_slots, first, count);
        return first;
    }
}
