using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Numerics;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>
/// Writes what a tool said for the model: a text as it is, anything else as JSON. Where a request must be whole, this is bounded: whatever a tool writes,
/// the model gets so much of it, and is told where that is not all.
/// </summary>
internal sealed class ToolOutput : IDisposable
{
    /// <summary>The most objects that are looked at.</summary>
    public const int MaximumObjects = 10_000;

    // About 8,000 tokens: they are sent again with each further request.
    private const int MaximumBytes = 32_768;

    private const int MaximumDepth = 8;

    private const int MaximumArguments = 500;

    private const string Secret = "(a secret, which is not sent)";

    // What PowerShell's providers add to whatever they write: it says again what the object says.
    private static readonly HashSet<string> OfProviders = ["PSPath", "PSParentPath", "PSChildName", "PSDrive", "PSProvider"];

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 2 * MaximumDepth };

    private readonly MemoryStream _stream = new();
    private readonly Utf8JsonWriter _writer;
    private bool _isCut;

    private ToolOutput() => _writer = new Utf8JsonWriter(_stream, Options);

    /// <summary>The text.</summary>
    /// <param name="objects">What the tool wrote.</param>
    public static string Write(IReadOnlyList<object?> objects) =>
        objects.Count == 1 && Plain(objects[0]) is string text && Encoding.UTF8.GetByteCount(text) <= MaximumBytes ? text : ToJson(objects);

    /// <summary>Whether it is what Format-Table and its like write: instructions for a screen, of which a model reads nothing.</summary>
    public static bool IsForScreen(object? value) => Bare.OrCustom(value)?.GetType().Namespace == "Microsoft.PowerShell.Commands.Internal.Format";

    /// <summary>What the model is told of a call that failed.</summary>
    /// <param name="result">The call.</param>
    /// <param name="given">Its arguments, where they do not stand in the history as the model wrote them; null where they do.</param>
    public static string Error(ChatToolResult result, string? given)
    {
        OrderedDictionary told = new() { ["error"] = Whole(result.Error!) };
        if (result.Output is not null)
        {
            told["output"] = Whole(result.Output);
        }
        if (given is not null)
        {
            // So that it sees what it is to mend.
            told["arguments"] = Whole(BoundedText.Cut(given, MaximumArguments));
        }
        return Encoding.UTF8.GetString(PSObjectJson.ToUtf8(told));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _stream.Dispose();
    }

    private static string ToJson(IReadOnlyList<object?> objects)
    {
        using ToolOutput output = new();
        return output.WriteAll(objects);
    }

    private string WriteAll(IReadOnlyList<object?> objects)
    {
        bool isTooMany = objects.Count > MaximumObjects;
        if (objects.Count == 1)
        {
            WriteValue(objects[0], 0, inObject: false);
        }
        else if (objects.Count == 0)
        {
            _writer.WriteNullValue();
        }
        else
        {
            WriteItems(isTooMany ? objects.Take(MaximumObjects) : objects, 0, inObject: false);
        }
        _writer.Flush();
        string json = Encoding.UTF8.GetString(_stream.GetBuffer(), 0, (int)_stream.Length);
        return _isCut || isTooMany
            ? string.Format(
                CultureInfo.InvariantCulture,
                "{{\"cut\":\"This is not all: the output is longer than {0:N0} bytes, has more than {1:N0} objects, or is nested deeper than {2} levels.\",\"output\":{3}}}",
                MaximumBytes,
                MaximumObjects,
                MaximumDepth,
                json)
            : json;
    }

    private long Left => MaximumBytes - _writer.BytesCommitted - _writer.BytesPending;

    private void WriteValue(object? value, int depth, bool inObject)
    {
        object? plain = Plain(value);
        if (plain is null)
        {
            _writer.WriteNullValue();
        }
        else if (!TryWriteScalar(plain))
        {
            if (depth >= MaximumDepth)
            {
                _isCut = true;
                WriteText(Text(plain));
                return;
            }
            WriteContainer(value!, plain, depth, inObject);
        }
    }

    private void WriteContainer(object value, object plain, int depth, bool inObject)
    {
        switch (plain)
        {
            case IDictionary table:
                WriteMembers(table.Keys.Cast<object>().Select(key => (Text(key), (object?)table[key])), depth, inObject);
                break;
            case IEnumerable items:
                WriteItems(items, depth, inObject);
                break;
            case PSObject custom:
                WriteMembers(custom.Properties.Select(property => (property.Name, Read(property))), depth, inObject);
                break;
            case not null when inObject && !plain.GetType().Assembly.IsDynamic:
                // The members of a member: a process has modules, each with a file, and so on for megabytes.
                WriteText(Text(plain));
                break;
            default:
                WriteMembers(Shown(PSObject.AsPSObject(value)).Select(property => (property.Name, Read(property))), depth, inObject: true);
                break;
        }
    }

    private void WriteItems(IEnumerable items, int depth, bool inObject)
    {
        _writer.WriteStartArray();
        try
        {
            foreach (object? item in items)
            {
                if (Left <= 0)
                {
                    _isCut = true;
                    break;
                }
                WriteValue(item, depth + 1, inObject);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or NotSupportedException)
        {
            // It cannot be walked, or no more.
            _isCut = true;
        }
        _writer.WriteEndArray();
    }

    private void WriteMembers(IEnumerable<(string Name, object? Value)> members, int depth, bool inObject)
    {
        _writer.WriteStartObject();
        foreach ((string name, object? value) in members)
        {
            if (Left <= 0)
            {
                _isCut = true;
                break;
            }
            _writer.WritePropertyName(Fitting(name));
            WriteValue(value, depth + 1, inObject);
        }
        _writer.WriteEndObject();
    }

    private bool TryWriteScalar(object value)
    {
        switch (value)
        {
            case string or char or Enum or Uri or IPAddress or Type or ScriptBlock or Delegate:
                WriteText(Text(value));
                return true;
            case bool truth:
                _writer.WriteBooleanValue(truth);
                return true;
            case SwitchParameter given:
                _writer.WriteBooleanValue(given.IsPresent);
                return true;
            case SecureString or PSCredential:
                _writer.WriteStringValue(Secret);
                return true;
            case double.NaN or double.PositiveInfinity or double.NegativeInfinity or float.NaN or float.PositiveInfinity or float.NegativeInfinity:
                WriteText(Text(value));
                return true;
            case BigInteger or XmlNode:
                // Of any length.
                WriteText(value is XmlNode node ? node.OuterXml : Text(value));
                return true;
            case double or float or decimal or sbyte or byte or short or ushort or int or uint or long or ulong:
                _writer.WriteRawValue(value is double or float ? ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture) : ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                return true;
            case DateTime or DateTimeOffset or Guid or TimeSpan or Version:
                WriteText(SingleValue.Text(value) ?? string.Empty);
                return true;
            case JsonElement element:
                WriteText(element.GetRawText());
                return true;
            default:
                return false;
        }
    }

    private void WriteText(string text) => _writer.WriteStringValue(Fitting(text));

    private string Fitting(string text)
    {
        int room = (int)Math.Max(1, Left);
        string whole = Whole(text);
        int fits = Utf8Text.LengthThatFits(whole, room);
        if (fits == whole.Length)
        {
            return whole;
        }
        _isCut = true;
        return BoundedText.Cut(whole, Math.Max(1, fits));
    }

    // A type that says which of its properties matter is believed.
    private static IEnumerable<PSPropertyInfo> Shown(PSObject value)
    {
        string[] names = (value.Members["PSStandardMembers"] as PSMemberSet)?.Members["DefaultDisplayPropertySet"] is PSPropertySet set ? [.. set.ReferencedPropertyNames] : [];
        PSPropertyInfo[] chosen = [.. names.Select(name => value.Properties[name]).Where(property => property is not null)];
        return chosen.Length > 0 ? chosen : value.Properties.Where(property => !OfProviders.Contains(property.Name));
    }

    private static object? Read(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (ExtendedTypeSystemException)
        {
            return null;
        }
    }

    private static string Text(object value)
    {
        try
        {
            return Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            // The object's own code, which may do anything.
            return value.GetType().ToString();
        }
    }

    // Half a surrogate pair is no character: U+FFFD stands in its place.
    private static string Whole(string text) => SurrogatePairs.IndexOfHalf(text) < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static object? Plain(object? value) =>
        ReferenceEquals(value, System.Management.Automation.Internal.AutomationNull.Value) ? null : Bare.OrCustom(value);
}
