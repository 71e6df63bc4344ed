using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using ApiTools.Errors;
using ApiTools.Text;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>
/// Writes what PowerShell has as JSON: whole, whatever its depth, or not at all. ConvertTo-Json cuts off at a depth and writes a type's
/// name where it does not know better; a request is sent and paid for, so here that is an error that names the place.
/// </summary>
internal static class PSObjectJson
{
    // As deep as Utf8JsonWriter goes.
    private const int MaximumDepth = 1000;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value as UTF-8 JSON.</summary>
    /// <exception cref="ApiException">invalid_value: something in it has no JSON meaning, refers to itself, or is half a character.</exception>
    public static byte[] ToUtf8(object? value) => ToUtf8(value, RequestPath.Root);

    /// <summary>The value as UTF-8 JSON, of a place in a request.</summary>
    /// <exception cref="ApiException">invalid_value: something in it has no JSON meaning, refers to itself, or is half a character.</exception>
    public static byte[] ToUtf8(object? value, RequestPath place)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options))
        {
            Write(writer, value, place, []);
        }
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, object? value, RequestPath path, List<object> around)
    {
        PSObject? wrapper = value as PSObject;
        object? plain = Bare.Of(value);
        if (plain is null || ReferenceEquals(wrapper, System.Management.Automation.Internal.AutomationNull.Value))
        {
            writer.WriteNullValue();
        }
        else if (!TryWriteScalar(writer, plain, path))
        {
            WriteContainer(writer, wrapper, plain, path, around);
        }
    }

    private static void WriteContainer(Utf8JsonWriter writer, PSObject? wrapper, object plain, RequestPath path, List<object> around)
    {
        // Two wrappers of one custom object are told apart by nothing but what they hold, so the wrapper is what is compared there.
        object identity = plain is PSCustomObject ? wrapper! : plain;
        if (around.Exists(outer => ReferenceEquals(outer, identity)))
        {
            throw Invalid(path, "holds itself, which no JSON can say.");
        }
        if (around.Count >= MaximumDepth)
        {
            throw Invalid(path, $"is nested deeper than {MaximumDepth} levels.");
        }
        around.Add(identity);
        switch (plain)
        {
            case IDictionary dictionary:
                WriteDictionary(writer, dictionary, path, around);
                break;
            case IEnumerable items:
                WriteItems(writer, items, path, around);
                break;
            case PSCustomObject when Deserialized.TypeName(wrapper) is string type:
                throw Invalid(path, $"was a {type}, which has no meaning in JSON. Give a string, a number, a hashtable or an array.");
            case PSCustomObject:
                WriteProperties(writer, wrapper!, path, around);
                break;
            case not null when plain.GetType().Assembly.IsDynamic && plain is not Delegate:
                // An object of a class that a script defines.
                WriteProperties(writer, wrapper ?? PSObject.AsPSObject(plain), path, around);
                break;
            default:
                throw Invalid(path, $"is a {plain!.GetType().FullName}, which has no meaning in JSON. Give a string, a number, a hashtable or an array.");
        }
        around.RemoveAt(around.Count - 1);
    }

    private static void WriteDictionary(Utf8JsonWriter writer, IDictionary dictionary, RequestPath path, List<object> around)
    {
        writer.WriteStartObject();
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in dictionary)
        {
            string name = Convert.ToString(Bare.Of(entry.Key), CultureInfo.InvariantCulture) ?? string.Empty;
            RequestPath place = path.Member(name);
            if (!names.Add(name))
            {
                throw Invalid(place, "is there twice: two keys are the same as text.");
            }
            WriteName(writer, name, place);
            Write(writer, entry.Value, place, around);
        }
        writer.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter writer, IEnumerable items, RequestPath path, List<object> around)
    {
        writer.WriteStartArray();
        int index = 0;
        foreach (object? item in items)
        {
            Write(writer, item, path.Item(index++), around);
        }
        writer.WriteEndArray();
    }

    private static void WriteProperties(Utf8JsonWriter writer, PSObject value, RequestPath path, List<object> around)
    {
        writer.WriteStartObject();
        foreach (PSPropertyInfo property in value.Properties)
        {
            RequestPath place = path.Member(property.Name);
            object? content;
            try
            {
                content = property.Value;
            }
            catch (GetValueException exception)
            {
                throw Invalid(place, $"cannot be read: {exception.Message}");
            }
            WriteName(writer, property.Name, place);
            Write(writer, content, place, around);
        }
        writer.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter writer, string name, RequestPath place)
    {
        RefuseHalfPair(name, place);
        writer.WritePropertyName(name);
    }

    private static bool TryWriteScalar(Utf8JsonWriter writer, object value, RequestPath path)
    {
        switch (value)
        {
            case string text:
                WriteText(writer, text, path);
                break;
            case char character:
                WriteText(writer, character.ToString(), path);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case SwitchParameter given:
                writer.WriteBooleanValue(given.IsPresent);
                break;
            case Enum member:
                WriteText(writer, member.ToString(), path);
                break;
            case DateTime or DateTimeOffset:
                // ISO 8601; "o" keeps the zone that the value has.
                writer.WriteStringValue(((IFormattable)value).ToString("o", CultureInfo.InvariantCulture));
                break;
            case Guid or TimeSpan or Version:
                writer.WriteStringValue(value.ToString());
                break;
            case Uri address:
                WriteText(writer, address.OriginalString, path);
                break;
            case double or float:
                WriteFloat(writer, Convert.ToDouble(value, CultureInfo.InvariantCulture), value, path);
                break;
            case decimal or sbyte or byte or short or ushort or int or uint or long or ulong or BigInteger:
                writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            default:
                return false;
        }
        return true;
    }

    private static void WriteFloat(Utf8JsonWriter writer, double number, object value, RequestPath path)
    {
        if (double.IsNaN(number) || double.IsInfinity(number))
        {
            throw Invalid(path, $"is {number.ToString(CultureInfo.InvariantCulture)}, which is no JSON number.");
        }
        if (value is float single)
        {
            writer.WriteNumberValue(single);
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string text, RequestPath path)
    {
        RefuseHalfPair(text, path);
        try
        {
            writer.WriteStringValue(text);
        }
        catch (ArgumentException)
        {
            throw Invalid(path, $"is {text.Length.ToString("N0", CultureInfo.InvariantCulture)} characters long, which is more than a JSON string is written with.");
        }
    }

    private static void RefuseHalfPair(string text, RequestPath path)
    {
        int half = SurrogatePairs.IndexOfHalf(text);
        if (half >= 0)
        {
            throw Invalid(path, $"has half a surrogate pair in it (U+{(int)text[half]:X4} at position {half}), which is no character. Was it cut in the middle of one?");
        }
    }

    private static ApiException Invalid(RequestPath path, string what) =>
        ApiErrors.InvalidValue(path.Param ?? "request", $"{path} {what}", "Get-Help Test-ApiRequest -Examples");
}
