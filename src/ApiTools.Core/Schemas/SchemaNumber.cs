using System.Globalization;
using System.Numerics;

namespace ApiTools.Schemas;

/// <summary>A JSON number, exactly: digits without zeros at either end, times a power of ten. However long it is, it costs no more than its length.</summary>
internal readonly struct SchemaNumber : IComparable<SchemaNumber>
{
    // An exponent beyond it says no more.
    private const long MaximumExponent = 1_000_000_000_000_000;

    // As many digits as one step of a long division takes.
    private const int DigitsAtOnce = 18;

    private readonly bool _isNegative;
    private readonly string _digits;

    private SchemaNumber(bool isNegative, string digits, long exponent)
    {
        _isNegative = isNegative;
        _digits = digits;
        Exponent = exponent;
    }

    /// <summary>The power of ten of the last digit.</summary>
    public long Exponent { get; }

    /// <summary>How many digits it has; 0 for zero.</summary>
    public int Length => _digits.Length;

    /// <summary>Whether it has no fraction: 1, 1.0 and 1e3 have none.</summary>
    public bool IsInteger => Length == 0 || Exponent >= 0;

    public bool IsPositive => Length > 0 && !_isNegative;

    private int Sign => Length == 0 ? 0 : _isNegative ? -1 : 1;

    /// <summary>Reads what is known to be a JSON number (RFC 8259, section 6).</summary>
    public static SchemaNumber Parse(string json)
    {
        int mark = json.IndexOfAny(['e', 'E']);
        string mantissa = mark < 0 ? json : json.Substring(0, mark);
        bool isNegative = mantissa[0] == '-';
        mantissa = isNegative ? mantissa.Substring(1) : mantissa;
        int point = mantissa.IndexOf('.');
        string digits = point < 0 ? mantissa : mantissa.Remove(point, 1);
        long exponent = (mark < 0 ? 0 : ReadExponent(json, mark + 1)) - (point < 0 ? 0 : mantissa.Length - point - 1);
        string ended = digits.TrimEnd('0');
        exponent += digits.Length - ended.Length;
        string trimmed = ended.TrimStart('0');
        return trimmed.Length == 0 ? new SchemaNumber(false, string.Empty, 0) : new SchemaNumber(isNegative, trimmed, exponent);
    }

    public int CompareTo(SchemaNumber other) =>
        Sign != other.Sign ? Sign.CompareTo(other.Sign) : Sign * CompareMagnitude(other);

    /// <summary>Whether it is a whole multiple of a number above zero.</summary>
    public bool IsMultipleOf(SchemaNumber divisor)
    {
        if (Length == 0)
        {
            return true;
        }
        // Its last digit is no zero: it is no multiple of ten of its own steps.
        if (Exponent < divisor.Exponent)
        {
            return false;
        }
        BigInteger whole = BigInteger.Parse(divisor._digits, NumberStyles.None, CultureInfo.InvariantCulture);
        BigInteger shift = BigInteger.ModPow(10, Exponent - divisor.Exponent, whole);
        return (Remainder(whole) * shift % whole).IsZero;
    }

    private BigInteger Remainder(BigInteger divisor)
    {
        BigInteger remainder = BigInteger.Zero;
        for (int i = 0; i < Length; i += DigitsAtOnce)
        {
            string piece = _digits.Substring(i, Math.Min(DigitsAtOnce, Length - i));
            long value = long.Parse(piece, NumberStyles.None, CultureInfo.InvariantCulture);
            remainder = ((remainder * BigInteger.Pow(10, piece.Length)) + value) % divisor;
        }
        return remainder;
    }

    private int CompareMagnitude(SchemaNumber other)
    {
        int order = (Length + Exponent).CompareTo(other.Length + other.Exponent);
        return order != 0 ? order : string.CompareOrdinal(_digits, other._digits);
    }

    private static long ReadExponent(string json, int start)
    {
        bool isNegative = json[start] == '-';
        long exponent = 0;
        for (int i = json[start] is '-' or '+' ? start + 1 : start; i < json.Length; i++)
        {
            exponent = Math.Min(MaximumExponent, (exponent * 10) + (json[i] - '0'));
        }
        return isNegative ? -exponent : exponent;
    }
}
