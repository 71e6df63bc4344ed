using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Diagnostics;

/// <summary>Writes a request as a line of a log. No string gets into it but by the redactor.</summary>
/// <param name="target">Where the lines go.</param>
internal sealed class LogLineWriter(Stream target) : IDisposable
{
    private const int MaximumName = 256;
    private const int MaximumMessage = 4_096;

    // In characters. What is longer is an image, or a book, and of no use to who reads a log.
    private const int MaximumBody = 256 * 1024;

    // Less is the time that a call takes to begin.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);

    // Control characters and whatever else some program takes for a line's end are escaped by it, text beyond ASCII is not.
    private readonly Utf8JsonWriter _writer =
        new(target, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    // Tells the calls of one process from those of the next with the same id.
    private static readonly string ProcessTag = Guid.NewGuid().ToString("N").Substring(0, 8);

    private string? _key;

    /// <summary>Writes the line, with its line feed.</summary>
    /// <param name="record">The request.</param>
    /// <param name="withBodies">Whether what was sent and what was answered are written too.</param>
    /// <param name="dropped">How many lines of this process are missing before it; 0 where that was told already.</param>
    public void Write(RequestRecord record, bool withBodies, long dropped)
    {
        _key = record.Connection.KeyText;
        _writer.Reset(target);
        _writer.WriteStartObject();
        WriteRequest(record);
        WriteAnswer(record);
        WriteCourse(record);
        if (withBodies)
        {
            WriteBodies(record);
        }
        if (dropped > 0)
        {
            _writer.WriteNumber(LogFields.Dropped, dropped);
        }
        _writer.WriteEndObject();
        _writer.Flush();
        target.WriteByte((byte)'\n');
        _key = null;
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void WriteRequest(RequestRecord record)
    {
        _writer.WriteString(LogFields.Timestamp, record.End.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture) + "Z");
        _writer.WriteString(LogFields.Operation, record.Operation);
        Text(LogFields.Model, record.End.Model, MaximumName);
        Text(LogFields.Server, record.Connection.BaseUri.Host, MaximumName);
        _writer.WriteNumber(LogFields.Port, record.Connection.BaseUri.Port);
    }

    private void WriteAnswer(RequestRecord record)
    {
        Number(LogFields.Status, record.Status);
        if (record.Answer is not IAnswerFacts answer)
        {
            return;
        }
        Text(LogFields.ResponseModel, answer.Model, MaximumName);
        Text(LogFields.ResponseId, answer.Id, MaximumName);
        _writer.WriteStartArray(LogFields.FinishReasons);
        foreach (string reason in answer.FinishReasons)
        {
            _writer.WriteStringValue(Clean(reason, MaximumName));
        }
        _writer.WriteEndArray();
        Number(LogFields.InputTokens, answer.InputTokens);
        Number(LogFields.OutputTokens, answer.OutputTokens);
        Number(LogFields.CachedTokens, answer.CachedTokens);
        Number(LogFields.ReasoningTokens, answer.ReasoningTokens);
    }

    private void WriteCourse(RequestRecord record)
    {
        AttemptEnd end = record.End;
        if (end.Error is ApiException error)
        {
            Text(LogFields.ErrorType, error.Code, MaximumName);
            Text(LogFields.ErrorMessage, error.Message, MaximumMessage);
        }
        else if (end.Outcome == ApiRequestOutcome.Cancelled)
        {
            _writer.WriteString(LogFields.ErrorType, "cancelled"u8);
        }
        _writer.WriteNumber(LogFields.ProcessId, OwnProcess.Id);
        _writer.WriteString(LogFields.Outcome, OutcomeNames.Utf8(end.Outcome));
        Text(LogFields.Connection, record.Connection.Name, MaximumName);
        _writer.WriteString(LogFields.Call, ProcessTag + "-" + record.Call.ToString(CultureInfo.InvariantCulture));
        _writer.WriteNumber(LogFields.Attempt, end.Number);
        Text(LogFields.RequestId, record.RequestId, MaximumName);
        _writer.WriteNumber(LogFields.Duration, Seconds(end.Duration));
        if (end.Waited >= ShortestWait)
        {
            _writer.WriteNumber(LogFields.Wait, Seconds(end.Waited));
        }
    }

    private void WriteBodies(RequestRecord record)
    {
        if (record.Body is byte[] body)
        {
            Text(LogFields.RequestBody, Utf8Text.Read(body.AsSpan(0, Math.Min(body.Length, MaximumBody * 3))), MaximumBody);
        }
        Text(LogFields.ResponseBody, record.Answer?.ToJson() ?? record.End.Error?.RawBody, MaximumBody);
    }

    private void Number(ReadOnlySpan<byte> name, int? value)
    {
        if (value is int number)
        {
            _writer.WriteNumber(name, number);
        }
    }

    private void Text(ReadOnlySpan<byte> name, string? text, int maximumLength)
    {
        if (text is not null)
        {
            _writer.WriteString(name, Clean(text, maximumLength));
        }
    }

    private string Clean(string text, int maximumLength) => SurrogatePairs.Mend(CleanText.Of(text, maximumLength, _key));

    // A log is read by people too: microseconds are enough.
    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 6);
}
