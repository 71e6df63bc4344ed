namespace ApiTools.Errors;

/// <summary>Finds the numbers in a message. Most messages have none or a few, and are done with at a glance.</summary>
internal static class Digits
{
    /// <summary>True where there is a digit of ASCII.</summary>
    public static bool Any(string text) => Next(text, 0) >= 0;

    /// <summary>Where the digits that stand there end.</summary>
    public static int End(string text, int at)
    {
        while (at < text.Length && Is(text[at]))
        {
            at++;
        }
        return at;
    }

    /// <summary>True for a digit of ASCII.</summary>
    public static bool Is(char c) => c is >= '0' and <= '9';

#if NET8_0_OR_GREATER
    /// <summary>Where the next digit of ASCII stands, from a place on; negative for nowhere.</summary>
    public static int Next(string text, int from) => text.AsSpan(from).IndexOfAnyInRange('0', '9') is >= 0 and int found ? from + found : -1;
#else
    /// <summary>Where the next digit of ASCII stands, from a place on; negative for nowhere.</summary>
    public static int Next(string text, int from)
    {
        for (int at = from; at < text.Length; at++)
        {
            if (Is(text[at]))
            {
                return at;
            }
        }
        return -1;
    }
#endif
}
