using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Schemas;

/// <summary>Checks a value against a schema. Its work is bounded, whatever the schema and the value are: each choice is made once for each value.</summary>
internal sealed class SchemaCheck(TimeProvider time)
{
    // More than any answer that a service gives takes.
    private const int MaximumSteps = 20_000_000;

    // More choices than these in a message help nobody.
    private const int ValuesTold = 8;

    // One pattern has a second; all of an answer together have these.
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(5);

    private readonly Dictionary<(int Node, int Value), SchemaFinding?> _choices = [];
    private TimeSpan _spent;
    private int _steps;
    private SchemaFinding? _end;

    /// <summary>The first place where a value does not match; null where it matches.</summary>
    public static SchemaMismatch? Find(JsonSchema schema, JsonTree value, TimeProvider time) => new SchemaCheck(time).Check(schema.Root, value)?.ToMismatch();

    private SchemaFinding? Check(SchemaNode node, JsonTree value)
    {
        _steps += 1 + (node.Enum?.Count ?? 0);
        if (_steps > MaximumSteps)
        {
            _end ??= new SchemaFinding(value, null, "takes too long to check against the schema");
        }
        return _end ?? CheckOwn(node, value) ?? CheckParts(node, value) ?? (node.Reference is SchemaNode same ? Check(same, value) : null) ?? CheckChoice(node, value);
    }

    private SchemaFinding? CheckOwn(SchemaNode node, JsonTree value)
    {
        if (node.IsNever)
        {
            return new SchemaFinding(value, null, "is not allowed");
        }
        if (!IsOf(node.Types, value))
        {
            return new SchemaFinding(value, null, $"expected {SchemaKeywords.Describe(node.Types)}, found {value.Describe()}") { Expected = node.Types };
        }
        if (node.Const is JsonTree constant && !constant.IsSame(value))
        {
            return new SchemaFinding(value, null, $"expected {constant.Describe()}, found {value.Describe()}");
        }
        if (node.Enum is IReadOnlyList<JsonTree> values && !values.Any(value.IsSame))
        {
            string more = values.Count > ValuesTold ? $" and {values.Count - ValuesTold} more" : string.Empty;
            return new SchemaFinding(value, null, $"expected one of {string.Join(", ", values.Take(ValuesTold).Select(Short))}{more}, found {value.Describe()}");
        }
        return value.Kind switch
        {
            JsonValueKind.Number => CheckNumber(node, value),
            JsonValueKind.String => CheckText(node, value),
            _ => null,
        };
    }

    private static string Short(JsonTree value) => value.Kind is JsonValueKind.String or JsonValueKind.Number ? value.Describe().Substring(value.Describe().IndexOf(' ') + 1) : value.Describe();

    private static bool IsOf(SchemaTypes types, JsonTree value) => value.Kind switch
    {
        JsonValueKind.String => (types & SchemaTypes.String) != 0,
        JsonValueKind.Number => (types & SchemaTypes.Number) != 0 || ((types & SchemaTypes.Integer) != 0 && SchemaNumber.Parse(value.Text).IsInteger),
        JsonValueKind.Object => (types & SchemaTypes.Object) != 0,
        JsonValueKind.Array => (types & SchemaTypes.Array) != 0,
        JsonValueKind.Null => (types & SchemaTypes.Null) != 0,
        _ => (types & SchemaTypes.Boolean) != 0,
    };

    private static SchemaFinding? CheckNumber(SchemaNode node, JsonTree value)
    {
        SchemaNumber number = SchemaNumber.Parse(value.Text);
        string? expected = node.Minimum is SchemaBound least && number.CompareTo(least.Value) < 0 ? $"at least {least.Text}"
            : node.Maximum is SchemaBound most && number.CompareTo(most.Value) > 0 ? $"at most {most.Text}"
            : node.ExclusiveMinimum is SchemaBound lower && number.CompareTo(lower.Value) <= 0 ? $"more than {lower.Text}"
            : node.ExclusiveMaximum is SchemaBound upper && number.CompareTo(upper.Value) >= 0 ? $"less than {upper.Text}"
            : node.MultipleOf is SchemaBound step && !number.IsMultipleOf(step.Value) ? $"a multiple of {step.Text}"
            : null;
        return expected is null ? null : new SchemaFinding(value, null, $"expected {expected}, found {VisibleText.Line(value.Text, 60)}");
    }

    private SchemaFinding? CheckText(SchemaNode node, JsonTree value)
    {
        if (node.MinLength is not null || node.MaxLength is not null)
        {
            int length = value.Text.Length - value.Text.Count(char.IsLowSurrogate);
            if (length < node.MinLength || length > node.MaxLength)
            {
                string expected = length < node.MinLength ? $"at least {node.MinLength}" : $"at most {node.MaxLength}";
                return new SchemaFinding(value, null, $"expected {expected} characters, found {length}");
            }
        }
        if (node.Format is string format && !SchemaFormats.IsMatch(format, value.Text))
        {
            return new SchemaFinding(value, null, $"expected the format '{format}', found {value.Describe()}");
        }
        return node.Pattern is null ? null : CheckPattern(node, value);
    }

    private SchemaFinding? CheckPattern(SchemaNode node, JsonTree value)
    {
        long start = time.GetTimestamp();
        bool? isMatch = Patterns.IsMatch(node.Pattern!, value.Text);
        _spent += time.GetElapsedTime(start);
        if (isMatch is null || _spent > PatternTime)
        {
            return _end = new SchemaFinding(value, null, $"takes too long to match against the pattern '{VisibleText.Line(node.PatternText, 60)}'");
        }
        return isMatch.Value ? null : new SchemaFinding(value, null, $"expected a match of the pattern '{VisibleText.Line(node.PatternText, 60)}', found {value.Describe()}");
    }

    private SchemaFinding? CheckParts(SchemaNode node, JsonTree value) => value.Kind switch
    {
        JsonValueKind.Object => CheckMembers(node, value),
        JsonValueKind.Array => CheckItems(node, value),
        _ => null,
    };

    private SchemaFinding? CheckMembers(SchemaNode node, JsonTree value)
    {
        if (node.Required.Count > 0)
        {
            HashSet<string> names = new(value.Children.Select(child => child.Name!), StringComparer.Ordinal);
            if (node.Required.FirstOrDefault(name => !names.Contains(name)) is string missing)
            {
                return Missing(node, value, missing);
            }
        }
        if (node.Properties is null && node.AdditionalProperties is null)
        {
            return null;
        }
        foreach (JsonTree child in value.Children)
        {
            SchemaNode? schema = node.Properties?.TryGetValue(child.Name!, out SchemaNode? known) == true ? known : node.AdditionalProperties;
            if (schema is not null && Check(schema, child) is SchemaFinding finding)
            {
                return finding;
            }
        }
        return null;
    }

    private static SchemaFinding Missing(SchemaNode node, JsonTree value, string name)
    {
        string expected = node.Properties?.TryGetValue(name, out SchemaNode? property) == true && property.Types != SchemaTypes.All
            ? $"expected {SchemaKeywords.Describe(property.Types)}"
            : "expected a value";
        return new SchemaFinding(value, name, $"{expected}, and it is not there");
    }

    private SchemaFinding? CheckItems(SchemaNode node, JsonTree value)
    {
        int count = value.Children.Count;
        if (count < node.MinItems || count > node.MaxItems)
        {
            string expected = count < node.MinItems ? $"at least {node.MinItems}" : $"at most {node.MaxItems}";
            return new SchemaFinding(value, null, $"expected {expected} items, found {count}");
        }
        foreach (JsonTree child in node.Items is null ? [] : value.Children)
        {
            if (Check(node.Items!, child) is SchemaFinding finding)
            {
                return finding;
            }
        }
        return null;
    }

    private SchemaFinding? CheckChoice(SchemaNode node, JsonTree value)
    {
        if (node.AnyOf is null)
        {
            return null;
        }
        if (!_choices.TryGetValue((node.Id, value.Id), out SchemaFinding? finding))
        {
            finding = Choose(node.AnyOf, value);
            _choices[(node.Id, value.Id)] = finding;
        }
        return finding;
    }

    // Of several that do not match, the one that went furthest is most likely the one that was meant.
    private SchemaFinding? Choose(IReadOnlyList<SchemaNode> choices, JsonTree value)
    {
        SchemaFinding? best = null;
        SchemaTypes expected = SchemaTypes.None;
        foreach (SchemaNode choice in choices)
        {
            SchemaFinding? finding = Check(choice, value);
            if (finding is null || _end is not null)
            {
                return _end;
            }
            expected |= finding.Value == value ? finding.Expected : SchemaTypes.None;
            best = best is null || finding.Reach > best.Reach ? finding : best;
        }
        return best!.Value == value && best.Expected != SchemaTypes.None
            ? new SchemaFinding(value, null, $"expected {SchemaKeywords.Describe(expected)}, found {value.Describe()}") { Expected = expected }
            : best;
    }
}
