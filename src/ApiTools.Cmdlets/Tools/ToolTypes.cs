using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Net;
using ApiTools.Chat;

namespace ApiTools.Cmdlets;

/// <summary>What JSON can say of .NET's types: the table of what a tool's parameters may be. A type that is not in it cannot be expressed.</summary>
internal static class ToolTypes
{
    private static readonly Dictionary<Type, ToolSchema> Known = new()
    {
        [typeof(string)] = Text(),
        [typeof(char)] = Text() with { MinimumLength = 1, MaximumLength = 1 },
        [typeof(bool)] = Of("boolean"),
        [typeof(SwitchParameter)] = Of("boolean"),
        [typeof(sbyte)] = Whole("-128", "127"),
        [typeof(byte)] = Whole("0", "255"),
        [typeof(short)] = Whole("-32768", "32767"),
        [typeof(ushort)] = Whole("0", "65535"),
        [typeof(int)] = Of("integer"),
        [typeof(uint)] = Whole("0"),
        [typeof(long)] = Of("integer"),
        [typeof(ulong)] = Whole("0"),
        [typeof(float)] = Of("number"),
        [typeof(double)] = Of("number"),
        [typeof(decimal)] = Of("number"),
        [typeof(DateTime)] = Text("date-time"),
        [typeof(DateTimeOffset)] = Text("date-time"),
        [typeof(TimeSpan)] = Text(),
        [typeof(Guid)] = Text("uuid"),
        [typeof(Uri)] = Text("uri"),
        [typeof(Version)] = Text(),
        [typeof(IPAddress)] = Text(),
        [typeof(Hashtable)] = Of("object"),
        [typeof(OrderedDictionary)] = Of("object"),
        [typeof(IDictionary)] = Of("object"),
        [typeof(PSObject)] = Of("object"),
        [typeof(PSCustomObject)] = Of("object"),
        [typeof(object)] = new ToolSchema(),
        [typeof(Array)] = Of("array"),
        [typeof(ArrayList)] = Of("array"),
        [typeof(IEnumerable)] = Of("array"),
        [typeof(ICollection)] = Of("array"),
        [typeof(IList)] = Of("array"),
    };

    private static readonly Type[] Lists = [typeof(List<>), typeof(IList<>), typeof(ICollection<>), typeof(IEnumerable<>), typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>)];

    /// <summary>The schema of a type; null where no JSON can say it.</summary>
    public static ToolSchema? Find(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (Known.TryGetValue(plain, out ToolSchema? schema))
        {
            return schema;
        }
        if (plain.IsEnum)
        {
            return OfEnum(plain);
        }
        return ItemOf(plain) is Type item && Find(item) is ToolSchema items ? Of("array") with { Items = items } : null;
    }

    /// <summary>The type of an array's items; null for what is no array of one type.</summary>
    public static Type? ItemOf(Type type) =>
        type.IsArray ? (type.GetArrayRank() == 1 ? type.GetElementType() : null)
        : type.IsGenericType && Array.IndexOf(Lists, type.GetGenericTypeDefinition()) >= 0 ? type.GetGenericArguments()[0]
        : null;

    private static ToolSchema OfEnum(Type type)
    {
        string[] names = Enum.GetNames(type);
        // Several flags at once are written with commas between them, which no list of values can say.
        return type.IsDefined(typeof(FlagsAttribute), inherit: false)
            ? Text() with { Description = $"One or several of {string.Join(", ", names)}, with commas between them." }
            : Text() with { Values = [.. names.Select(ToolValue.Text)] };
    }

    // Where a number's kind leaves no choice, a model that is told needs no second try.
    private static ToolSchema Whole(string minimum, string? maximum = null) => Of("integer") with { Minimum = minimum, Maximum = maximum };

    private static ToolSchema Of(string type) => new() { Type = type };

    private static ToolSchema Text(string? format = null) => new() { Type = "string", Format = format };
}
