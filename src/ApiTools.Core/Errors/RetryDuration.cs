using System.Globalization;

namespace ApiTools.Errors;

/// <summary>Reads a length of time as services write it: <c>2m59.56s</c>, <c>250ms</c>, <c>114h18m0s</c>, <c>6 seconds</c>, <c>20</c>.</summary>
internal static class RetryDuration
{
    private const long MaximumExact = 1L << 53;

    private const int LongestUnit = 12;

    private static readonly double[] Tens =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>The longest wait that is told apart from a longer one: a year. Keeps sums with it within range.</summary>
    public static TimeSpan Maximum { get; } = TimeSpan.FromDays(365);

    /// <summary>The length of time that the text begins with; null where it begins with none.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="wholeText">True where nothing may follow, and a number without a unit is seconds; false for a length of time within a sentence.</param>
    public static TimeSpan? Read(ReadOnlySpan<char> text, bool wholeText)
    {
        text = text.Trim();
        double seconds = 0;
        bool any = false;
        int position = 0;
        while (ReadNumber(text, position, out double number, out int afterNumber))
        {
            int afterUnit = ReadUnit(text, afterNumber, out double unit);
            if (afterUnit < 0)
            {
                bool bare = wholeText && !any && text.Slice(afterNumber).Trim().IsEmpty;
                return bare ? FromSeconds(number) : any && !wholeText ? FromSeconds(seconds) : null;
            }
            seconds += number * unit;
            any = true;
            position = SkipJoint(text, afterUnit);
        }
        return any && (!wholeText || text.Slice(position).Trim().IsEmpty) ? FromSeconds(seconds) : null;
    }

    /// <summary>Never negative, never longer than <see cref="Maximum"/>, and rounded up to a millisecond so that nobody comes too early.</summary>
    public static TimeSpan FromSeconds(double seconds) =>
        seconds >= Maximum.TotalSeconds ? Maximum : TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(Math.Round(seconds * 1000, 6))));

    /// <summary>A number without a sign or an exponent; null for anything else, NaN among it.</summary>
    public static double? Number(string? text) =>
        text?.Length > 0 && text[0] is >= '0' and <= '9'
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            ? number
            : null;

    /// <summary>Never negative, never longer than <see cref="Maximum"/>.</summary>
    public static TimeSpan Bounded(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Maximum ? Maximum : wait;

    private static bool ReadNumber(ReadOnlySpan<char> text, int start, out double number, out int end)
    {
        // Whole numbers below 2^53 and powers of ten up to 10^22 are exact, and so is then the rounding of their quotient: what double.Parse comes to.
        long digits = 0;
        int decimals = 0;
        bool isFraction = false;
        for (end = start; end < text.Length; end++)
        {
            if (Digits.Is(text[end]))
            {
                digits = Math.Min((digits * 10) + (text[end] - '0'), MaximumExact);
                decimals += isFraction ? 1 : 0;
            }
            else if (text[end] == '.' && end > start && IsDigit(text, end + 1))
            {
                // A second one makes no number of it.
                decimals = isFraction ? Tens.Length : decimals;
                isFraction = true;
            }
            else
            {
                break;
            }
        }
        if (digits < MaximumExact && decimals < Tens.Length)
        {
            number = digits / Tens[decimals];
            return end > start;
        }
        return double.TryParse(text.Slice(start, end - start).ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    private static bool IsDigit(ReadOnlySpan<char> text, int index) => index < text.Length && Digits.Is(text[index]);

    private static int ReadUnit(ReadOnlySpan<char> text, int start, out double seconds)
    {
        while (start < text.Length && text[start] == ' ')
        {
            start++;
        }
        int end = start;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }
        // The most frequent by far.
        if (end - start == 1 && text[start] == 's')
        {
            seconds = 1;
            return end;
        }
        Span<char> unit = stackalloc char[LongestUnit];
        seconds = 0;
        if (end - start <= LongestUnit)
        {
            unit = unit.Slice(0, text.Slice(start, end - start).ToLowerInvariant(unit));
            seconds = unit switch
            {
                "ns" => 1e-9,
                "us" or "µs" or "μs" => 1e-6,
                "ms" or "millisecond" or "milliseconds" => 1e-3,
                "s" or "sec" or "secs" or "second" or "seconds" => 1,
                "m" or "min" or "mins" or "minute" or "minutes" => 60,
                "h" or "hr" or "hrs" or "hour" or "hours" => 3600,
                "d" or "day" or "days" => 86400,
                _ => 0,
            };
        }
        return seconds > 0 ? end : -1;
    }

    // "1 minute, 5 seconds", "1 hour and 2 minutes", "1h2m".
    private static int SkipJoint(ReadOnlySpan<char> text, int start)
    {
        int end = start;
        while (end < text.Length && text[end] is ' ' or ',')
        {
            end++;
        }
        if (end > start && text.Slice(end).StartsWith("and ".AsSpan()))
        {
            end += 4;
        }
        return IsDigit(text, end) ? end : start;
    }
}
