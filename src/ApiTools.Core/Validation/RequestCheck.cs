using System.Globalization;
using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>Walks a request along the table of rules and adds what does not keep to them.</summary>
internal sealed class RequestCheck(RequestCheckOptions options, FindingList findings)
{
    private const string InvalidValue = "invalid_value";

    /// <summary>What to take into account.</summary>
    public RequestCheckOptions Options => options;

    /// <summary>What was found so far.</summary>
    public FindingList Findings => findings;

    /// <summary>The model that the request names; null where it names none.</summary>
    public string? Model { get; set; }

    /// <summary>The estimated tokens of its messages; null where there are none to read.</summary>
    public long? Tokens { get; set; }

    /// <summary>Checks one value and all that it holds.</summary>
    public void Check(RequestRule rule, JsonSlice value, RequestPath path)
    {
        if (findings.IsFull)
        {
            return;
        }
        if (value.Type == JsonTokenType.Null)
        {
            CheckNull(rule, value, path);
            return;
        }
        if (!Allows(rule.Kinds, value))
        {
            findings.Error(
                InvalidValue, value.Start, path, $"{path} is {Describe(value)}; it has to be {Words(rule.Kinds)}.", FixKind(rule, value, path));
            return;
        }
        switch (value.Type)
        {
            case JsonTokenType.Number:
                CheckNumber(rule, value, path);
                break;
            case JsonTokenType.String:
                CheckString(rule, value, path);
                break;
            case JsonTokenType.StartObject:
                CheckObject(rule, value, path);
                break;
            case JsonTokenType.StartArray:
                CheckArray(rule, value, path);
                break;
            default:
                break;
        }
    }

    /// <summary>Says that a member is not there.</summary>
    public void Missing(JsonSlice parent, RequestPath path, string why) =>
        findings.Error("missing_required_field", parent.Start, path, $"{path} is missing: {why}");

    private void CheckNull(RequestRule rule, JsonSlice value, RequestPath path)
    {
        if (rule.Nullable)
        {
            return;
        }
        if (rule.Required)
        {
            findings.Error(InvalidValue, value.Start, path, $"{path} is null; it has to be {Words(rule.Kinds)}.");
        }
        else
        {
            findings.Warning(
                InvalidValue, value.Start, path, $"{path} is null, which is documented nowhere, and which some services refuse: leave it out.", JsonPatch.Remove(path));
        }
    }

    private void CheckNumber(RequestRule rule, JsonSlice value, RequestPath path)
    {
        double number = value.GetDouble();
        if (number < rule.Minimum || number > rule.Maximum)
        {
            string range = rule.Maximum is double maximum
                ? $"between {Number(rule.Minimum!.Value)} and {Number(maximum)}"
                : $"at least {Number(rule.Minimum!.Value)}";
            findings.Error(InvalidValue, value.Start, path, $"{path} is {value.GetRawText()}; it has to be {range}.");
        }
        else if (!rule.Kinds.HasFlag(JsonKinds.Number) && !value.TryGetInt64(out _))
        {
            findings.Error(InvalidValue, value.Start, path, $"{path} is {value.GetRawText()}, which is beyond 64 bits.");
        }
    }

    private void CheckString(RequestRule rule, JsonSlice value, RequestPath path)
    {
        if (rule.Values is not null)
        {
            CheckChoice(rule, rule.Values, value, path);
            return;
        }
        if (rule.MinimumLength == 0 && rule.MaximumLength is null)
        {
            return;
        }
        int length = value.GetString().Length;
        if (length < rule.MinimumLength)
        {
            findings.Error(InvalidValue, value.Start, path, $"{path} is empty.");
        }
        else if (length > rule.MaximumLength)
        {
            findings.Error(InvalidValue, value.Start, path, $"{path} is {length} characters long; it may be at most {rule.MaximumLength}.");
        }
    }

    private void CheckChoice(RequestRule rule, IReadOnlyList<string> values, JsonSlice value, RequestPath path)
    {
        string text = value.GetString();
        if (values.Contains(text, StringComparer.Ordinal))
        {
            return;
        }
        string choice = Join([.. values.Select(v => $"\"{v}\"")], "or");
        string? nearest = NearestName.Find(text, values);
        string meant = nearest is null ? string.Empty : $" Did you mean \"{nearest}\"?";
        string said = $"{path} is \"{VisibleText.Line(text, 60)}\"";
        string? fix = nearest is null ? null : JsonPatch.Replace(path, nearest);
        if (rule.ValuesGrow)
        {
            findings.Warning(InvalidValue, value.Start, path, $"{said}; {choice} is documented.{meant}", fix);
        }
        else
        {
            findings.Error(InvalidValue, value.Start, path, $"{said}; it has to be {choice}.{meant}", fix);
        }
    }

    private void CheckArray(RequestRule rule, JsonSlice value, RequestPath path)
    {
        int count = 0;
        JsonChildren items = value.Children();
        // An array of which nothing is known is not read.
        while ((rule.Item is not null || rule.MaximumItems is not null || count == 0) && items.MoveNext())
        {
            if (rule.Item is not null && !findings.IsFull)
            {
                Check(rule.Item, items.Value, path.Item(count));
            }
            count++;
        }
        CheckCount(rule, count, "item", value, path);
    }

    private void CheckObject(RequestRule rule, JsonSlice value, RequestPath path)
    {
        if (rule.Members is not null)
        {
            CheckMembers(rule, rule.Members, value, path);
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
            if (!findings.IsFull)
            {
                Check(rule.Entry, entries.Value, path.Member(entries.Name));
            }
        }
        CheckCount(rule, count, "entry", value, path);
    }

    private void CheckCount(RequestRule rule, int count, string what, JsonSlice value, RequestPath path)
    {
        if (count < rule.MinimumItems)
        {
            findings.Error(InvalidValue, value.Start, path, $"{path} is empty; it has to have at least one {what}.");
        }
        else if (count > rule.MaximumItems)
        {
            string many = what == "entry" ? "entries" : what + "s";
            findings.Error(InvalidValue, value.Start, path, $"{path} has {count} {many}; it may have at most {rule.MaximumItems}.");
        }
    }

    private void CheckMembers(RequestRule rule, IReadOnlyList<RequestRule> rules, JsonSlice value, RequestPath path)
    {
        Dictionary<string, JsonSlice> members = new(StringComparer.Ordinal);
        List<(string Name, int Start)> unknown = [];
        JsonChildren children = value.Children();
        while (children.MoveNext())
        {
            RequestRule? member = rules.FirstOrDefault(candidate => candidate.Name == children.Name);
            if (member is not null)
            {
                members[children.Name] = children.Value;
                Check(member, children.Value, path.Member(children.Name));
            }
            else if (unknown.Count < FindingList.Maximum)
            {
                unknown.Add((children.Name, children.Start));
            }
        }
        List<RequestRule> absent = [.. rules.Where(member => !members.ContainsKey(member.Name))];
        foreach ((string name, int start) in unknown)
        {
            ReportUnknown(name, start, absent, path);
        }
        foreach (RequestRule member in absent)
        {
            if (member.Required)
            {
                Missing(value, path.Member(member.Name), $"it has to be {Words(member.Kinds)}.");
            }
        }
        foreach (RequestRelation relation in rule.Relations)
        {
            relation(this, path, value, members);
        }
    }

    // A name near one that is not there is a mistyped one; any other may be a service's own.
    private void ReportUnknown(string name, int start, List<RequestRule> absent, RequestPath path)
    {
        RequestPath place = path.Member(name);
        string? nearest = NearestName.Find(name, absent.Select(member => member.Name));
        string meant = nearest is null ? "a service may ignore or refuse it." : $"did you mean {nearest}?";
        findings.Warning(
            InvalidValue,
            start,
            place,
            $"{place} is not a documented parameter; {meant}",
            nearest is null ? null : JsonPatch.Move(place, path.Member(nearest)));
    }

    private static bool Allows(JsonKinds kinds, JsonSlice value) => value.Type switch
    {
        JsonTokenType.String => kinds.HasFlag(JsonKinds.String),
        JsonTokenType.Number => kinds.HasFlag(JsonKinds.Number) || (kinds.HasFlag(JsonKinds.Integer) && value.IsIntegerLiteral),
        JsonTokenType.True or JsonTokenType.False => kinds.HasFlag(JsonKinds.Boolean),
        JsonTokenType.StartObject => kinds.HasFlag(JsonKinds.Object),
        _ => kinds.HasFlag(JsonKinds.Array),
    };

    // Only where one meaning is possible: "0.5" is 0.5, 5.0 is 5, "true" is true, 42 is "42". 20 for a temperature may be 2 or 0.2: no fix.
    private static string? FixKind(RequestRule rule, JsonSlice value, RequestPath path)
    {
        switch (value.Type)
        {
            case JsonTokenType.String when value.End - value.Start <= 40:
                string text = value.GetString().Trim();
                return FixBoolean(rule, text, path) ?? FixNumber(rule, text, path);
            case JsonTokenType.Number when rule.Kinds.HasFlag(JsonKinds.Integer):
                return FixNumber(rule, value.GetRawText(), path);
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False when rule.Kinds.HasFlag(JsonKinds.String) && rule.Values is null:
                return JsonPatch.Replace(path, value.GetRawText());
            default:
                return null;
        }
    }

    private static string? FixBoolean(RequestRule rule, string text, RequestPath path) =>
        rule.Kinds.HasFlag(JsonKinds.Boolean) && bool.TryParse(text, out bool value)
            ? JsonPatch.ReplaceRaw(path, value ? "true" : "false")
            : null;

    private static string? FixNumber(RequestRule rule, string text, RequestPath path)
    {
        bool whole = rule.Kinds.HasFlag(JsonKinds.Integer);
        if (!(whole || rule.Kinds.HasFlag(JsonKinds.Number))
            || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            || (whole && number != decimal.Truncate(number))
            || (double)number < rule.Minimum
            || (double)number > rule.Maximum)
        {
            return null;
        }
        return JsonPatch.ReplaceRaw(path, (whole ? decimal.Truncate(number) : number).ToString(CultureInfo.InvariantCulture));
    }

    private static string Describe(JsonSlice value) => value.Type switch
    {
        JsonTokenType.String => value.End - value.Start <= 42 ? $"the string {value.GetRawText()}" : "a string",
        JsonTokenType.Number => value.IsIntegerLiteral ? $"the number {value.GetRawText()}" : $"the decimal number {value.GetRawText()}",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.StartObject => "an object",
        _ => "an array",
    };

    private static string Words(JsonKinds kinds)
    {
        List<string> words = [];
        Add(JsonKinds.String, "a string");
        Add(JsonKinds.Number, "a number");
        Add(JsonKinds.Integer, "a whole number");
        Add(JsonKinds.Boolean, "true or false");
        Add(JsonKinds.Array, "an array");
        Add(JsonKinds.Object, "an object");
        return Join(words, "or");

        void Add(JsonKinds kind, string word)
        {
            if (kinds.HasFlag(kind))
            {
                words.Add(word);
            }
        }
    }

    private static string Join(List<string> words, string last) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.Take(words.Count - 1))} {last} {words[words.Count - 1]}";

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
