using System.Text;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>Whether a string is one of those that are allowed, as long as it may be, and of the right characters.</summary>
internal static class TextRules
{
    /// <summary>Checks a string.</summary>
    public static void Check(RequestCheck check, RequestRule rule, JsonSlice value)
    {
        if (rule.Values is not null)
        {
            CheckChoice(check, rule, rule.Values, value);
        }
        else if (Fault(rule, value.RawString) is string fault)
        {
            RequestPath path = check.Path;
            check.Error(value, path, $"{path} {fault}", FixName(rule, value, path));
        }
    }

    /// <summary>Checks a map's name of the caller's own; the place is its value's.</summary>
    /// <param name="check">The check that asks.</param>
    /// <param name="rule">The rule for the name.</param>
    /// <param name="raw">The name as it stands between its quotes.</param>
    /// <param name="start">The offset of its first quote.</param>
    public static void CheckName(RequestCheck check, RequestRule rule, ReadOnlySpan<byte> raw, int start)
    {
        if (Fault(rule, raw) is string fault)
        {
            RequestPath path = check.Path;
            check.Findings.Error("invalid_value", start, path, $"The name of {path} {fault}");
        }
    }

    private static string? Fault(RequestRule rule, ReadOnlySpan<byte> raw)
    {
        // A character takes at least as many bytes as UTF-16 units; escaped, more.
        if (raw.Length > rule.MaximumLength && JsonText.Decode(raw).Length is int length && length > rule.MaximumLength)
        {
            return $"is {length} characters long; it may be at most {rule.MaximumLength}.";
        }
        if (raw.Length < rule.MinimumLength)
        {
            return "is empty.";
        }
        return rule.Pattern == TextPattern.Any || Matches(rule.Pattern, JsonSliceText.Plain(raw)) ? null : Mismatch(rule.Pattern, raw);
    }

    private static string Mismatch(TextPattern pattern, ReadOnlySpan<byte> raw)
    {
        string shown = VisibleText.Line(JsonText.Decode(raw), 60);
        return pattern == TextPattern.Digits
            ? $"is \"{shown}\"; it has to be a token's id, a whole number."
            : $"is \"{shown}\"; it may have letters and digits of ASCII, underscores and hyphens only.";
    }

    private static bool Matches(TextPattern pattern, ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            bool digit = b is >= (byte)'0' and <= (byte)'9';
            bool fits = digit || (pattern == TextPattern.Name && (b is (byte)'_' or (byte)'-' || (b | 0x20) is >= 'a' and <= 'z'));
            if (!fits)
            {
                return false;
            }
        }
        return text.Length > 0;
    }

    // The name stands in other places too, and what takes the place of a blank is a matter of taste: a choice.
    private static JsonFix? FixName(RequestRule rule, JsonSlice value, RequestPath path)
    {
        if (rule.Pattern != TextPattern.Name || value.RawString.Length is 0 or > 256)
        {
            return null;
        }
        StringBuilder name = new();
        foreach (char c in value.GetString())
        {
            if (!char.IsLowSurrogate(c))
            {
                name.Append(c is '_' or '-' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') ? c : '_');
            }
        }
        return name.Length <= rule.MaximumLength ? JsonFix.Choice(JsonPatch.Replace(path, name.ToString())) : null;
    }

    private static void CheckChoice(RequestCheck check, RequestRule rule, IReadOnlyList<string> values, JsonSlice value)
    {
        if (rule.HasValue(JsonSliceText.Plain(value)))
        {
            return;
        }
        RequestPath path = check.Path;
        string text = value.GetString();
        string choice = ValueKind.Or([.. values.Select(v => $"\"{v}\"")]);
        string? nearest = NearestName.Find(text, values);
        string meant = nearest is null ? string.Empty : $" Did you mean \"{nearest}\"?";
        string said = $"{path} is \"{VisibleText.Line(text, 60)}\"";
        if (rule.ValuesGrow)
        {
            // A value that is new today is no mistyped one, unless it differs in case alone.
            check.Warning(
                value, path, $"{said}; {choice} is documented.{meant}", Fix(path, nearest, string.Equals(nearest, text, StringComparison.OrdinalIgnoreCase)));
        }
        else
        {
            check.Error(value, path, $"{said}; it has to be {choice}.{meant}", Fix(path, nearest, isSafe: true));
        }
    }

    private static JsonFix? Fix(RequestPath path, string? nearest, bool isSafe) => nearest is null ? null : new JsonFix(JsonPatch.Replace(path, nearest), isSafe);
}
