namespace ApiTools.Validation;

/// <summary>What is documented of one value of a request: a row of the table.</summary>
internal sealed record RequestRule(string Name, JsonKinds Kinds)
{
    private RequestRelation[] _relations = [];
    private RequestRule[]? _members;
    private Utf8Names? _memberNames;
    private IReadOnlyList<string>? _values;
    private Utf8Names? _valueNames;

    /// <summary>Whether a request without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>Whether null is documented, as another way to leave it out.</summary>
    public bool Nullable { get; init; } = true;

    /// <summary>The smallest number; null for no bound.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest number; null for no bound.</summary>
    public double? Maximum { get; init; }

    /// <summary>What a request without it means, as JSON; null where that is not documented, or is no value.</summary>
    public string? Default { get; init; }

    /// <summary>The strings that are allowed; null for any.</summary>
    public IReadOnlyList<string>? Values
    {
        get => _values;
        init
        {
            _values = value;
            _valueNames = value is null ? null : new Utf8Names(value);
        }
    }

    /// <summary>Whether services add to <see cref="Values"/>, so that another one is a warning only.</summary>
    public bool ValuesGrow { get; init; }

    /// <summary>The fewest characters of a string (UTF-16 units).</summary>
    public int MinimumLength { get; init; }

    /// <summary>The most characters of a string (UTF-16 units); null for no bound.</summary>
    public int? MaximumLength { get; init; }

    /// <summary>What a string may consist of.</summary>
    public TextPattern Pattern { get; init; }

    /// <summary>The fewest items of an array.</summary>
    public int MinimumItems { get; init; }

    /// <summary>The most items of an array or members of an object; null for no bound.</summary>
    public int? MaximumItems { get; init; }

    /// <summary>The rule of an array's items; null for any.</summary>
    public RequestRule? Item { get; init; }

    /// <summary>The rule of every member's value, where an object is a map with names of the caller's own; null where it is none.</summary>
    public RequestRule? Entry { get; init; }

    /// <summary>The rule of every member's name, where an object is a map; null for any.</summary>
    public RequestRule? EntryName { get; init; }

    /// <summary>The members that an object documents; null where nothing is said of them.</summary>
    public RequestRule[]? Members
    {
        get => _members;
        init
        {
            _members = value;
            _memberNames = value is null ? null : new Utf8Names([.. value.Select(member => member.Name)]);
            RequiredMembers = value is null ? [] : [.. Enumerable.Range(0, value.Length).Where(index => value[index].Required)];
        }
    }

    /// <summary>Which of them an object must have.</summary>
    public int[] RequiredMembers { get; private init; } = [];

    /// <summary>What members of the object demand of each other.</summary>
    public RequestRelation[] Relations
    {
        get => _relations;
        init
        {
            _relations = value;
            RelationMembers = [.. value.Select(relation => relation.About is null ? -1 : IndexOfMember(relation.About))];
        }
    }

    /// <summary>Which member each of them is about; -1 for none. A rule's members are said before its relations.</summary>
    public int[] RelationMembers { get; private init; } = [];

    /// <summary>Whether the model reads the text, so that it counts against the context window.</summary>
    public bool Counts { get; init; }

    /// <summary>What models that reason make of it.</summary>
    public ReasoningUse Reasoning { get; init; }

    /// <summary>Further models that refuse it, by how their names begin; null for none.</summary>
    public IReadOnlyList<string>? RefusedBy { get; init; }

    /// <summary>Whether only models that reason know it.</summary>
    public bool IsForReasoning { get; init; }

    /// <summary>What has replaced it in OpenAI's API, where it is deprecated there; null where it is not.</summary>
    public string? Successor { get; init; }

    /// <summary>Whether every service takes it all the same, so that a request with it is not found fault with.</summary>
    public bool IsStillTaken { get; init; }

    /// <summary>Where it is documented: a tip of the page, an address of OpenAI's reference, or a thread with the service's own answer.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>Which member has that name; -1 for none.</summary>
    /// <param name="name">The name in UTF-8, without escapes.</param>
    public int IndexOfMember(ReadOnlySpan<byte> name) => _memberNames?.IndexOf(name) ?? -1;

    /// <summary>Which member has that name; -1 for none.</summary>
    public int IndexOfMember(string name) => _memberNames?.IndexOf(name) ?? -1;

    /// <summary>Whether the string is one of <see cref="Values"/>.</summary>
    /// <param name="text">The string in UTF-8, without escapes.</param>
    public bool HasValue(ReadOnlySpan<byte> text) => _valueNames?.IndexOf(text) >= 0;

    /// <summary>As the table shows it.</summary>
    public override string ToString() => Name;
}
