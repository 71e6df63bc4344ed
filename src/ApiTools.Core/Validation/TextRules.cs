using System.Text;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>Whether a string is one of those that are allowed, as long as it may be, and of the right characters.</summary>
internal static class TextRules
{
    /// <summary>Checks a string.</summary>
    public static void Check(RequestCheck check, RequestRule rule, JsonSlice value)
    {
        if (rule.Values is null)
        {
            if (!IsRight(rule, value.RawString, value.IsEscaped))
            {
                ReportFault(check, rule, value);
            }
        }
        else if (!rule.HasValue(value.IsEscaped ? JsonSliceText.Plain(value) : value.RawString))
        {
            ReportChoice(check, rule, rule.Values, value);
        }
    }

    /// <summary>Checks a map's name of the caller's own; the place is its value's.</summary>
    /// <param name="check">The check that asks.</param>
    /// <param name="rule">The rule for the name.</param>
    /// <param name="raw">The name as it stands between its quotes.</param>
    /// <param name="start">The offset of its first quote.</param>
    public static void CheckName(RequestCheck check, RequestRule rule, ReadOnlySpan<byte> raw, int start)
    {
        if (!IsRight(rule, raw, isEscaped: raw.IndexOf((byte)'\\') >= 0))
        {
            RequestPath path = check.Path;
            check.Findings.Error("invalid_value", start, path, $"The name of {path} {Fault(rule, raw)}");
        }
    }

    // A character takes at least as many bytes as UTF-16 units; escaped, more.
    private static bool IsRight(RequestRule rule, ReadOnlySpan<byte> raw, bool isEscaped) =>
        raw.Length >= rule.MinimumLength
        && (raw.Length <= rule.LongestText || JsonText.Decode(raw).Length <= rule.LongestText)
        && (rule.Pattern == TextPattern.Any || Matches(rule.Pattern, isEscaped ? JsonSliceText.Plain(raw) : raw));

    private static void ReportFault(RequestCheck check, RequestRule rule, JsonSlice value)
    {
        RequestPath path = check.Path;
        check.Error(value, path, $"{path} {Fault(rule, value.RawString)}", FixName(rule, value, path));
    }

    private static string Fault(RequestRule rule, ReadOnlySpan<byte> raw)
    {
        if (raw.Length > rule.MaximumLength && JsonText.Decode(raw).Length is int length && length > rule.MaximumLength)
        {
            return $"is {length} characters long; it may be at most {rule.MaximumLength}.";
        }
        if (raw.Length < rule.MinimumLength)
        {
            return "is empty.";
        }
        string shown = VisibleText.Line(JsonText.Decode(raw), 60);
        return rule.Pattern == TextPattern.Digits
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

    private static void ReportChoice(RequestCheck check, RequestRule rule, IReadOnlyList<string> values, JsonSlice value)
    {
        if (rule.ValuesGrow && !check.Findings.WantsWarnings)
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
