using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ApiTools.Core.Tests.Repair;

/// <summary>Documents, spaced as people and programs space them, and patches that may fit them; the same for the same seed.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Names = ["a", "b", "c", "", "a/b", "m~n", "~1", "0", "1", "-", "é", "日\\u672c", "x\\\"y", "two words"];
    private static readonly string[] Scalars = ["null", "true", "1", "-0.50e+2", "1E400", "\"\"", "\"a\\/b\"", "\"\\ud83d\\ude00\"", "\"日本\"", "123456789012345678901234567890", "\"q\\\"\""];

#pragma warning disable CA5394 // A seed, no secret.
    private readonly Random _random = new(seed);

    /// <summary>A document whose top is an object or an array.</summary>
    public string Document()
    {
        StringBuilder text = new();
        Style style = (Style)Pick(5);
        Container(text, 0, style);
        return style == Style.Indented ? text.Append('\n').ToString() : text.ToString();
    }

    /// <summary>A patch of one to three operations.</summary>
    public string Patch(JsonNode document)
    {
        List<string> pointers = [string.Empty];
        Collect(document, string.Empty, pointers);
        return $"[{string.Join(",", Enumerable.Range(0, 1 + Pick(3)).Select(_ => Operation(pointers)))}]";
    }

    private enum Style
    {
        Compact,
        Python,
        Indented,
        CommaFirst,
        Wild,
    }

    private string Operation(List<string> pointers)
    {
        string path = Pointer(pointers);
        string value = Scalars[Pick(Scalars.Length)];
        string quoted = JsonValue.Create(path)!.ToJsonString();
        string from = JsonValue.Create(Pointer(pointers))!.ToJsonString();
        return Pick(6) switch
        {
            0 => $$"""{"op":"remove","path":{{quoted}}}""",
            1 => $$"""{"op":"replace","path":{{quoted}},"value":{{value}}}""",
            2 => $$"""{"op":"move","from":{{from}},"path":{{quoted}}}""",
            3 => $$"""{"op":"copy","from":{{from}},"path":{{quoted}}}""",
            4 => $$"""{"path":{{quoted}},"value":{"n":[{{value}}]},"op":"add"}""",
            _ => $$"""{"op":"add","path":{{quoted}},"value":{{value}}}""",
        };
    }

    private string Pointer(List<string> pointers)
    {
        string pointer = pointers[Pick(pointers.Count)];
        return Pick(4) switch
        {
            0 => pointer + "/" + Token(JsonNode.Parse($"\"{Names[Pick(Names.Length)]}\"")!.GetValue<string>()),
            1 => pointer + "/-",
            _ => pointer,
        };
    }

    private static void Collect(JsonNode? node, string pointer, List<string> pointers)
    {
        IEnumerable<(string Token, JsonNode? Child)> children = node switch
        {
            JsonObject members => members.Select(member => (Token(member.Key), member.Value)),
            JsonArray items => items.Select((item, index) => (index.ToString(CultureInfo.InvariantCulture), item)),
            _ => [],
        };
        foreach ((string token, JsonNode? child) in children)
        {
            pointers.Add($"{pointer}/{token}");
            Collect(child, $"{pointer}/{token}", pointers);
        }
    }

    private void Container(StringBuilder text, int depth, Style style)
    {
        bool isObject = Pick(3) > 0;
        int count = Pick(5);
        List<string> names = [.. Names.OrderBy(_ => _random.Next()).Take(count)];
        text.Append(isObject ? '{' : '[');
        for (int i = 0; i < count; i++)
        {
            text.Append(i == 0 ? Opening(style, depth + 1) : Comma(style, depth + 1));
            if (isObject)
            {
                text.Append('"').Append(names[i]).Append('"').Append(Colon(style));
            }
            if (depth < 3 && Pick(3) == 0)
            {
                Container(text, depth + 1, style);
            }
            else
            {
                text.Append(Scalars[Pick(Scalars.Length)]);
            }
        }
        text.Append(count > 0 ? Opening(style, depth) : Blank(style)).Append(isObject ? '}' : ']');
    }

    private string Opening(Style style, int depth) => style is Style.Indented or Style.CommaFirst ? Line(style, depth) : Blank(style);

    private string Comma(Style style, int depth) => style switch
    {
        Style.Compact => ",",
        Style.Python => ", ",
        Style.Indented => "," + Line(style, depth),
        Style.CommaFirst => Line(style, depth) + ", ",
        _ => Blank(style) + "," + Blank(style),
    };

    private string Colon(Style style) => style switch { Style.Compact => ":", Style.Wild => Blank(style) + ":" + Blank(style), _ => ": " };

    private static string Line(Style style, int depth) => (style == Style.CommaFirst ? "\r\n" : "\n") + new string(' ', depth * 2);

    private string Blank(Style style) => style == Style.Wild ? string.Concat(Enumerable.Range(0, Pick(3)).Select(_ => " \t\n\r"[Pick(4)])) : string.Empty;

    private static string Token(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private int Pick(int count) => _random.Next(count);
#pragma warning restore CA5394
}
