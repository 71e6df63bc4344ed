using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ApiTools.Schemas;

/// <summary>The formats of strings that services check (OpenAI's guide to Structured Outputs, supported properties).</summary>
internal static class SchemaFormats
{
    private static readonly Dictionary<string, Func<string, bool>> Checks = new(StringComparer.Ordinal)
    {
        ["date-time"] = IsDateTime,
        ["date"] = IsDate,
        ["time"] = IsTime,
        ["duration"] = IsDuration,
        ["email"] = IsEmail,
        ["hostname"] = IsHostName,
        ["ipv4"] = IsIPv4,
        ["ipv6"] = text => text.IndexOf(':') >= 0 && text.IndexOfAny(['%', '[', '/']) < 0 && IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6,
        ["uuid"] = text => Guid.TryParseExact(text, "D", out _),
    };

    /// <summary>All of them.</summary>
    public static IEnumerable<string> Names => Checks.Keys;

    public static bool IsKnown(string format) => Checks.ContainsKey(format);

    /// <summary>Whether a text is of a format.</summary>
    public static bool IsMatch(string format, string text) => Checks[format](text);

    // RFC 3339, section 5.6.
    private static bool IsDateTime(string text) => text.Length > 11 && text[10] is 'T' or 't' && IsDate(text.Substring(0, 10)) && IsTime(text.Substring(11));

    private static bool IsDate(string text) => text.Length == 10 && text.All(c => c is '-' or (>= '0' and <= '9')) && DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsTime(string text)
    {
        if (text.Length < 9 || !IsClock(text, 0, 23) || text[5] != ':' || Number(text, 6) is not (>= 0 and <= 60 and int second))
        {
            return false;
        }
        int end = 8;
        if (text[end] == '.')
        {
            int start = ++end;
            while (end < text.Length && text[end] is >= '0' and <= '9')
            {
                end++;
            }
            if (end == start || end == text.Length)
            {
                return false;
            }
        }
        return IsZone(text.Substring(end), out int offset) && (second < 60 || IsLeap(text, offset));
    }

    private static bool IsZone(string zone, out int minutes)
    {
        minutes = 0;
        if (zone is "Z" or "z")
        {
            return true;
        }
        if (zone.Length != 6 || zone[0] is not ('+' or '-') || !IsClock(zone, 1, 23))
        {
            return false;
        }
        minutes = ((Number(zone, 1) * 60) + Number(zone, 4)) * (zone[0] == '-' ? -1 : 1);
        return true;
    }

    // A leap second ends a day of UTC.
    private static bool IsLeap(string time, int offset) => ((Number(time, 0) * 60) + Number(time, 3) - offset + 2880) % 1440 == 1439;

    private static bool IsClock(string text, int at, int hours) =>
        text.Length >= at + 5 && text[at + 2] == ':' && Number(text, at) is int hour && hour >= 0 && hour <= hours && Number(text, at + 3) is >= 0 and < 60;

    // -1 for what are no two digits.
    private static int Number(string text, int at) =>
        text[at] is >= '0' and <= '9' && text[at + 1] is >= '0' and <= '9' ? ((text[at] - '0') * 10) + text[at + 1] - '0' : -1;

    // RFC 3339, appendix A: weeks alone, or what is larger before what is smaller.
    private static bool IsDuration(string text)
    {
        if (text.Length < 3 || text[0] != 'P')
        {
            return false;
        }
        int mark = text.IndexOf('T');
        string date = mark < 0 ? text.Substring(1) : text.Substring(1, mark - 1);
        string? time = mark < 0 ? null : text.Substring(mark + 1);
        return (time is null && AreUnits(date, "W")) || (AreUnits(date, "YMD") && (time is null || (time.Length > 0 && AreUnits(time, "HMS"))));
    }

    // Numbers, each with one of the units behind it, in the order of the units.
    private static bool AreUnits(string text, string units)
    {
        int next = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int start = i;
            while (i < text.Length && text[i] is >= '0' and <= '9')
            {
                i++;
            }
            int unit = i == start || i == text.Length || next == units.Length ? -1 : units.IndexOf(text[i], next);
            if (unit < 0)
            {
                return false;
            }
            next = unit + 1;
        }
        return true;
    }

    private static bool IsEmail(string text)
    {
        int at = text.LastIndexOf('@');
        if (at is < 1 or > 64 || at == text.Length - 1)
        {
            return false;
        }
        string local = text.Substring(0, at);
        string domain = text.Substring(at + 1);
        bool isQuoted = local.Length > 2 && local[0] == '"' && local[local.Length - 1] == '"';
        bool isLocal = isQuoted || (local.All(c => c > ' ' && c < 0x7f && "()<>[]:;@\\,\"".IndexOf(c) < 0) && local[0] != '.' && local[local.Length - 1] != '.' && !local.Contains(".."));
        return isLocal && (IsHostName(domain) || (domain[0] == '[' && domain[domain.Length - 1] == ']'));
    }

    // RFC 1123, section 2.1.
    private static bool IsHostName(string text) =>
        text.Length is > 0 and <= 253 && text.Split('.').All(label =>
            label.Length is > 0 and <= 63 && label[0] != '-' && label[label.Length - 1] != '-' && label.All(c => c is '-' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z')));

    // RFC 2673, section 3.2: a zero before a digit would be octal to some.
    private static bool IsIPv4(string text) =>
        text.Split('.') is { Length: 4 } parts && parts.All(part =>
            part.Length is > 0 and <= 3 && part.All(c => c is >= '0' and <= '9') && (part.Length == 1 || part[0] != '0') && int.Parse(part, CultureInfo.InvariantCulture) <= 255);
}
