using System.Globalization;
using System.Text.Json;
using ApiTools.Chat;
using ApiTools.Validation;

namespace ApiTools.Batch;

/// <summary>One line of a journal, taken apart: what kind it is, and where its parts stand. Nothing is decoded but what tells inputs apart.</summary>
internal sealed class JournalLine
{
    private const int HashDigits = 64;
    private bool _isObject;
    private JournalPart _customId;
    private JournalPart _details;

    private JournalLine(ReadOnlyMemory<byte> text)
    {
        Text = text;
    }

    /// <summary>The whole line.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>The format's version, in a line that begins a job; null in any other.</summary>
    public int? Version { get; private set; }

    /// <summary>What a line that begins a job says of it.</summary>
    public JournalPart Job { get; private set; }

    /// <summary>The name of the input.</summary>
    public string Key { get; private set; } = string.Empty;

    /// <summary>The HTTP status; null where there was no answer.</summary>
    public int? StatusCode { get; private set; }

    public JournalPart RequestId { get; private set; }

    /// <summary>The body of the answer.</summary>
    public JournalPart Body { get; private set; }

    public JournalPart Error { get; private set; }

    /// <summary>What ApiTools adds to the Batch API's lines.</summary>
    public JournalPart Details => _details;

    /// <summary>The SHA-256 of the request, hexadecimal; null where the line does not say.</summary>
    public string? Request { get; private set; }

    /// <summary>Which of the inputs with this content it is; null where its key tells it apart.</summary>
    public int? Occurrence { get; private set; }

    /// <summary>True where the input has its answer.</summary>
    public bool IsAnswered => !Error.IsPresent && Body.IsPresent && StatusCode is null or (>= 200 and < 300);

    /// <summary>What is wrong with a line that is JSON and yet none of a journal's; null where nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Takes a line apart.</summary>
    /// <param name="text">The line, without what ends it.</param>
    /// <exception cref="JsonException">It is no JSON, or not UTF-8.</exception>
    public static JournalLine Read(ReadOnlyMemory<byte> text)
    {
        if (!Utf8Check.IsValid(text.Span))
        {
            throw new JsonException("It is not UTF-8.");
        }
        JournalLine line = new(text);
        line.ReadParts();
        line.Fault = line.FindFault();
        return line;
    }

    /// <summary>What the input of this line is told apart by.</summary>
    /// <param name="fingerprint">Of the job that the line is of.</param>
    public EntryId Identify(string fingerprint)
    {
        if (Occurrence is not int occurrence)
        {
            return EntryId.OfKey(fingerprint, Key);
        }
        Span<byte> hash = stackalloc byte[16];
        for (int i = 0; i < hash.Length; i++)
        {
            hash[i] = (byte)((HexValue(Request![2 * i]) << 4) | HexValue(Request[(2 * i) + 1]));
        }
        return EntryId.OfContent(hash, occurrence);
    }

    private void ReadParts()
    {
        Utf8JsonReader reader = new(Text.Span);
        reader.Read();
        _isObject = reader.TokenType == JsonTokenType.StartObject;
        if (!_isObject)
        {
            reader.Skip();
        }
        while (_isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadPart(ref reader);
        }
        // What follows the object is a fault.
        reader.Read();
    }

    private void ReadPart(ref Utf8JsonReader reader)
    {
        if (JsonStrings.NameIs(in reader, "custom_id"u8))
        {
            _customId = JournalPart.Read(ref reader);
        }
        else if (JsonStrings.NameIs(in reader, "response"u8))
        {
            ReadResponse(ref reader);
        }
        else if (JsonStrings.NameIs(in reader, "error"u8))
        {
            Error = JournalPart.Read(ref reader);
        }
        else if (JsonStrings.NameIs(in reader, "apitools"u8))
        {
            _details = JournalPart.Read(ref reader);
        }
        else if (JsonStrings.NameIs(in reader, "apitools_journal"u8))
        {
            reader.Read();
            Version = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int version) ? version : 0;
            reader.Skip();
        }
        else if (JsonStrings.NameIs(in reader, "job"u8))
        {
            Job = JournalPart.Read(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadResponse(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonStrings.NameIs(in reader, "body"u8))
            {
                Body = JournalPart.Read(ref reader);
            }
            else if (JsonStrings.NameIs(in reader, "status_code"u8))
            {
                reader.Read();
                StatusCode = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int status) ? status : null;
                reader.Skip();
            }
            else if (JsonStrings.NameIs(in reader, "request_id"u8))
            {
                RequestId = JournalPart.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private string? FindFault()
    {
        ReadOnlySpan<byte> line = Text.Span;
        if (!_isObject)
        {
            return "it is JSON, but no object.";
        }
        if (Version is int version)
        {
            return version is < 1 or > JournalFormat.Version
                ? $"it is of version {version.ToString(CultureInfo.InvariantCulture)} of the format, and this ApiTools knows version {JournalFormat.Version}."
                : IsObject(Job, line) ? null : "it begins a job and does not say which ('job' is missing).";
        }
        if (!_customId.IsPresent || line[_customId.Start] != '"')
        {
            return "it names no input ('custom_id' is missing, or no text).";
        }
        Key = Decode(_customId.Of(line));
        if (Body.IsPresent && line[Body.Start] != '{')
        {
            return "its answer is no object ('response.body').";
        }
        if (!Error.IsPresent && !Body.IsPresent)
        {
            return "it has neither an answer nor an error.";
        }
        return ReadIdentity(line);

        static string Decode(ReadOnlySpan<byte> json)
        {
            Utf8JsonReader reader = new(json);
            reader.Read();
            return JsonStrings.Read(ref reader);
        }
    }

    private string? ReadIdentity(ReadOnlySpan<byte> line)
    {
        if (!IsObject(_details, line))
        {
            return _details.IsPresent ? "'apitools' is no object." : null;
        }
        Utf8JsonReader reader = new(_details.Of(line));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isRequest = JsonStrings.NameIs(in reader, "request"u8);
            bool isOccurrence = JsonStrings.NameIs(in reader, "occurrence"u8);
            reader.Read();
            if (isRequest && reader.TokenType == JsonTokenType.String)
            {
                Request = JsonStrings.Read(ref reader);
            }
            else if (isOccurrence && reader.TokenType == JsonTokenType.Number)
            {
                Occurrence = reader.TryGetInt32(out int occurrence) ? occurrence : 0;
            }
            reader.Skip();
        }
        bool isHash = Request is { Length: HashDigits } hash && hash.All(c => HexValue(c) >= 0);
        return Occurrence is null || (Occurrence > 0 && isHash) ? null : "'apitools' does not say which request it is ('request' or 'occurrence' is wrong).";
    }

    private static bool IsObject(JournalPart part, ReadOnlySpan<byte> line) => part.IsPresent && line[part.Start] == '{';

    private static int HexValue(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'f' => digit - 'a' + 10,
        _ => -1,
    };
}
