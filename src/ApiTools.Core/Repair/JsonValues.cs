using System.Text;
using System.Text.Json;
using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>Compares JSON values as RFC 6902 section 4.6 says: numbers by what they are, members in any order.</summary>
internal static class JsonValues
{
    /// <summary>Whether two JSON texts say the same.</summary>
    public static bool AreEqual(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right)
    {
        using JsonDocument a = JsonDocument.Parse(left);
        using JsonDocument b = JsonDocument.Parse(right);
        return AreEqual(a.RootElement, b.RootElement);
    }

    private static bool AreEqual(JsonElement a, JsonElement b)
    {
        if (a.ValueKind != b.ValueKind)
        {
            return false;
        }
        return a.ValueKind switch
        {
            JsonValueKind.Object => AreEqualObjects(a, b),
            JsonValueKind.Array => a.GetArrayLength() == b.GetArrayLength() && a.EnumerateArray().Zip(b.EnumerateArray(), AreEqual).All(equal => equal),
            JsonValueKind.Number => AreEqualNumbers(a, b),
            JsonValueKind.String => Text(a) == Text(b),
            _ => true,
        };
    }

    // GetString throws where there is half a surrogate pair.
    private static string Text(JsonElement value)
    {
        byte[] raw = Encoding.UTF8.GetBytes(value.GetRawText());
        return JsonText.Decode(raw.AsSpan(1, raw.Length - 2));
    }

    private static bool AreEqualObjects(JsonElement a, JsonElement b) =>
        a.EnumerateObject().Count() == b.EnumerateObject().Count()
        && a.EnumerateObject().All(member => b.TryGetProperty(member.Name, out JsonElement other) && AreEqual(member.Value, other));

    private static bool AreEqualNumbers(JsonElement a, JsonElement b) =>
        a.GetRawText() == b.GetRawText()
        || (a.TryGetDecimal(out decimal left) && b.TryGetDecimal(out decimal right)
            ? left == right
            : a.TryGetDouble(out double x) && b.TryGetDouble(out double y) && x == y);
}
