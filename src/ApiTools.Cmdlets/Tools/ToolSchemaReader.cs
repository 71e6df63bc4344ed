using System.Management.Automation;
using ApiTools.Chat;

namespace ApiTools.Cmdlets;

/// <summary>Makes the schema of a parameter from its type and from what its attributes demand.</summary>
internal static class ToolSchemaReader
{
    // A description costs tokens with every request.
    private const int MaximumDescription = 1_024;

    /// <summary>The schema; null where no JSON can say the parameter's type.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="description">What its command's help says of it; null for nothing.</param>
    /// <param name="defaultValue">What it is where it is left out, as JSON text; null where that is not known.</param>
    public static ToolSchema? Read(CommandParameterInfo parameter, string? description, string? defaultValue)
    {
        if (ToolTypes.Find(parameter.ParameterType) is not ToolSchema schema)
        {
            return null;
        }
        List<string> told = [];
        foreach (string? text in new[] { string.IsNullOrWhiteSpace(parameter.HelpMessage) ? description : parameter.HelpMessage, schema.Description })
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                told.Add(text!.Trim());
            }
        }
        foreach (Attribute attribute in parameter.Attributes)
        {
            schema = attribute is ValidateCountAttribute count
                ? schema with { MinimumItems = count.MinLength, MaximumItems = count.MaxLength }
                : schema.Type == "array" ? Item(schema, attribute, told) : Restrict(schema, attribute, told);
        }
        string whole = Text.BoundedText.Cut(string.Join(" ", told), MaximumDescription);
        return schema with { Description = whole.Length == 0 ? null : whole, Default = parameter.IsMandatory ? null : defaultValue };
    }

    // But for the count, and that there is something, an attribute holds for each item of an array.
    private static ToolSchema Item(ToolSchema array, Attribute attribute, List<string> told) =>
        attribute is ValidateNotNullOrEmptyAttribute ? array with { MinimumItems = array.MinimumItems ?? 1 }
        : array.Items is ToolSchema items ? array with { Items = Restrict(items, attribute, told) }
        : array;

    // ValidateRange('Positive') and its like tell nobody which kind they are of, so they are asked what they take.
    private static ToolSchema Kind(ToolSchema schema, ValidateRangeAttribute range) => (Takes(range, -1), Takes(range, 0), Takes(range, 1), schema.Type) switch
    {
        (false, false, true, "integer") => schema with { Minimum = "1" },
        (false, false, true, _) => schema with { ExclusiveMinimum = "0" },
        (false, true, true, _) => schema with { Minimum = "0" },
        (true, false, false, "integer") => schema with { Maximum = "-1" },
        (true, false, false, _) => schema with { ExclusiveMaximum = "0" },
        (true, true, false, _) => schema with { Maximum = "0" },
        _ => schema,
    };

    private static bool Takes(ValidateRangeAttribute range, int value)
    {
        try
        {
            // A variable refuses an attribute that its value does not meet.
            new PSVariable("value", value).Attributes.Add(range);
            return true;
        }
        catch (ValidationMetadataException)
        {
            return false;
        }
    }

    private static ToolSchema Restrict(ToolSchema schema, Attribute attribute, List<string> told)
    {
        switch (attribute)
        {
            case ValidateSetAttribute set:
                // Where no type is declared, what is compared is text.
                return schema with { Type = schema.Type ?? "string", Values = [.. set.ValidValues.Select(value => ToolValue.OfKind(value, schema.Type))] };
            case ValidateRangeAttribute range when schema.Type is "integer" or "number":
                return range.MinRange is null && range.MaxRange is null
                    ? Kind(schema, range)
                    : schema with { Minimum = ToolValue.Number(range.MinRange) ?? schema.Minimum, Maximum = ToolValue.Number(range.MaxRange) ?? schema.Maximum };
            case ValidateLengthAttribute length when schema.Type == "string":
                return schema with { MinimumLength = length.MinLength, MaximumLength = length.MaxLength };
            case ValidateNotNullOrEmptyAttribute when schema is { Type: "string", Values: null, Format: null, MinimumLength: null }:
                return schema with { MinimumLength = 1 };
            case ValidatePatternAttribute pattern when schema.Type == "string" && pattern.RegexPattern.IndexOf("(?", StringComparison.Ordinal) < 0:
                return schema with { Pattern = pattern.RegexPattern };
            case ValidatePatternAttribute pattern when schema.Type == "string":
                // Look-arounds and inline options are .NET's: services refuse a schema that has them.
                told.Add($"It has to match the regular expression {pattern.RegexPattern}.");
                return schema;
            default:
                return schema;
        }
    }
}
