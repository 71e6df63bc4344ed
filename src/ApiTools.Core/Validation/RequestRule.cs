using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>What is documented of one value of a request: a row of the table.</summary>
internal sealed record RequestRule(string Name, JsonKinds Kinds)
{
    // The table is made in the first call of a process, and by loops: Linq over numbers is compiled for each kind of number as it is met, which
    // takes longer than making the table.

    // A bit for each member: what is more does not fit.
    private const int MaximumMembers = 64;

    private const int NullType = 1 << (int)JsonTokenType.Null;

    // No number is less or more than NaN, which stands for no bound.
    private readonly double _minimum = double.NaN;
    private readonly double _maximum = double.NaN;
    private readonly int _types = TypesOf(Kinds) | NullType;
    private readonly RequestRelation[] _relations = [];
    private readonly RequestRule[]? _members;
    private readonly Utf8Names? _memberNames;

    // By the numbers of the names that relations ask for: which member it is.
    private readonly sbyte[] _byName = [];
    private readonly IReadOnlyList<string>? _values;
    private readonly Utf8Names? _valueNames;

    /// <summary>Whether a request without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>Whether null is documented, as another way to leave it out.</summary>
    public bool Nullable
    {
        get => (_types & NullType) != 0;
        init => _types = value ? _types | NullType : _types & ~NullType;
    }

    /// <summary>The smallest number; null for no bound.</summary>
    public double? Minimum
    {
        get => double.IsNaN(_minimum) ? null : _minimum;
        init => _minimum = value ?? double.NaN;
    }

    /// <summary>The largest number; null for no bound.</summary>
    public double? Maximum
    {
        get => double.IsNaN(_maximum) ? null : _maximum;
        init => _maximum = value ?? double.NaN;
    }

    /// <summary>Whether a number is less than the smallest or more than the largest.</summary>
    public bool IsOutside(double number) => number < _minimum || number > _maximum;

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
            HasTextRules = SaysOfText();
        }
    }

    /// <summary>Whether services add to <see cref="Values"/>, so that another one is a warning only.</summary>
    public bool ValuesGrow { get; init; }

    /// <summary>The fewest characters of a string (UTF-16 units).</summary>
    public int MinimumLength
    {
        get;
        init
        {
            field = value;
            HasTextRules = SaysOfText();
        }
    }

    /// <summary>The most characters of a string (UTF-16 units); null for no bound.</summary>
    public int? MaximumLength
    {
        get;
        init
        {
            field = value;
            HasTextRules = SaysOfText();
        }
    }

    /// <summary>The same as a number for any rule.</summary>
    public int LongestText => MaximumLength ?? int.MaxValue;

    /// <summary>Whether anything is said of a string but that it is one.</summary>
    public bool HasTextRules { get; private init; }

    /// <summary>What a string may consist of.</summary>
    public TextPattern Pattern
    {
        get;
        init
        {
            field = value;
            HasTextRules = SaysOfText();
        }
    }

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
            if (value?.Length > MaximumMembers)
            {
                throw new ArgumentException($"{Name} has more than {MaximumMembers} members.", nameof(value));
            }
            _members = value;
            _memberNames = value is null ? null : new Utf8Names(Array.ConvertAll(value, member => member.Name));
            _byName = new sbyte[value is null ? 0 : MemberName.All.Count];
            for (int i = 0; i < _byName.Length; i++)
            {
                _byName[i] = (sbyte)IndexOfMember(MemberName.All[i].Text);
            }
            ulong required = 0;
            for (int i = 0; i < value?.Length; i++)
            {
                required |= value[i].Required ? 1UL << i : 0;
            }
            RequiredMembers = required;
            RelationsAbout = new ulong[value?.Length ?? 0];
        }
    }

    /// <summary>Which of them an object must have, a bit each; the lowest is the first member's.</summary>
    public ulong RequiredMembers { get; private init; }

    /// <summary>What members of the object demand of each other. A rule's members are said before its relations.</summary>
    public RequestRelation[] Relations
    {
        get => _relations;
        init
        {
            _relations = value;
            BoundRelation[] bound = Array.ConvertAll(value, relation => new BoundRelation(relation, IndexOf(relation.About), IndexOf(relation.Unless)));
            ulong aboutAll = 0;
            ulong[] about = new ulong[_members?.Length ?? 0];
            for (int i = 0; i < bound.Length; i++)
            {
                ref ulong bits = ref bound[i].About < 0 ? ref aboutAll : ref about[bound[i].About];
                bits |= 1UL << i;
            }
            BoundRelations = bound;
            RelationsAboutAll = aboutAll;
            RelationsAbout = about;
        }
    }

    /// <summary>The same, ready to be checked.</summary>
    public BoundRelation[] BoundRelations { get; private init; } = [];

    /// <summary>Which of them are about no one member, a bit each; the lowest is the first's.</summary>
    public ulong RelationsAboutAll { get; private init; }

    /// <summary>For each member, which of them are about it.</summary>
    public ulong[] RelationsAbout { get; private init; } = [];

    /// <summary>
    /// Tells the objects that most are, and in which no relation can find anything, at one look: their relations are not asked. Null for none.
    /// </summary>
    public PlainObject? IsPlain { get; init; }

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

    /// <summary>Which member has that name; -1 for none.</summary>
    public int IndexOfMember(MemberName name) => _byName.Length == 0 ? -1 : _byName[name.Id];

    /// <summary>Whether a value of that type may be right; of a number not every one is where only whole ones are.</summary>
    public bool Takes(JsonTokenType type) => ((_types >> (int)type) & 1) != 0;

    /// <summary>Whether the string is one of <see cref="Values"/>.</summary>
    /// <param name="text">The string in UTF-8, without escapes.</param>
    public bool HasValue(ReadOnlySpan<byte> text) => _valueNames?.IndexOf(text) >= 0;

    /// <summary>As the table shows it.</summary>
    public override string ToString() => Name;

    private bool SaysOfText() => _values is not null || MinimumLength > 0 || MaximumLength is not null || Pattern != TextPattern.Any;

    private static int TypesOf(JsonKinds kinds)
    {
        int types = 0;
        Add(JsonKinds.String, JsonTokenType.String);
        Add(JsonKinds.Number | JsonKinds.Integer, JsonTokenType.Number);
        Add(JsonKinds.Boolean, JsonTokenType.True);
        Add(JsonKinds.Boolean, JsonTokenType.False);
        Add(JsonKinds.Object, JsonTokenType.StartObject);
        Add(JsonKinds.Array, JsonTokenType.StartArray);
        return types;

        void Add(JsonKinds any, JsonTokenType type) => types |= (kinds & any) != 0 ? 1 << (int)type : 0;
    }

    private int IndexOf(string? name) => name is null ? -1 : IndexOfMember(name);
}
