using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>
/// Reads a whole text as strict JSON (RFC 8259: no comments, no trailing commas) and finds the first fault. On the way it finds what the
/// grammar allows and services do not agree on: names given twice (section 4), and halves of surrogate pairs (section 8.2).
/// </summary>
internal static class JsonSyntax
{
    /// <summary>How deep objects and arrays may be nested.</summary>
    public const int MaximumDepth = 64;

    /// <summary>Adds what is wrong with the text; false where it is no JSON.</summary>
    /// <param name="json">The text, without a byte order mark.</param>
    /// <param name="findings">Where to add it.</param>
    public static bool Check(ReadOnlyMemory<byte> json, FindingList findings)
    {
        JsonTape? tape = Read(json, findings, firstLine: 1);
        tape?.Return();
        return tape is not null;
    }

    /// <summary>The text's names and values, and beside them what is wrong with it; null where it is no JSON.</summary>
    /// <param name="json">The text, without a byte order mark.</param>
    /// <param name="findings">Where to add what is wrong.</param>
    /// <param name="firstLine">The number of its first line.</param>
    public static JsonTape? Read(ReadOnlyMemory<byte> json, FindingList findings, int firstLine)
    {
        JsonTape tape = JsonTape.Rent(json);
        if (Read(tape, findings, firstLine) is JsonFault fault)
        {
            tape.Return();
            findings.Fault(fault, RequestPath.Root);
            return null;
        }
        return tape;
    }

    /// <summary>The first fault of a text's syntax; null where it is JSON.</summary>
    public static JsonFault? FindFault(ReadOnlyMemory<byte> json)
    {
        JsonTape tape = JsonTape.Rent(json);
        JsonFault? fault = Read(tape, new FindingList(), firstLine: 1);
        tape.Return();
        return fault;
    }

    private static JsonFault? Read(JsonTape tape, FindingList findings, int firstLine)
    {
        ReadOnlySpan<byte> json = tape.Text.Span;
        if (JsonEncoding.FindFault(json) is JsonFault encoding)
        {
            return encoding;
        }
        if (Utf8Check.IsValid(json))
        {
            return ReadTokens(tape, findings, firstLine);
        }
        // The grammar is looked at even so: whichever fault comes first is told.
        int invalid = Utf8Check.FindInvalid(json);
        JsonFault? fault = ReadTokens(tape, findings, firstLine);
        return invalid <= (fault?.Offset ?? int.MaxValue) ? JsonEncoding.InvalidByte(json, invalid) : fault;
    }

    private static JsonFault? ReadTokens(JsonTape tape, FindingList findings, int firstLine)
    {
        JsonTapeWriter writer = new(tape, findings);
        try
        {
            return writer.ReadAll();
        }
        catch (JsonException) when (findings.IsForVerdict)
        {
            return JsonFault.Untold;
        }
        catch (JsonException)
        {
            return new JsonFaultFinder(tape.Text.Span, writer.Context(firstLine)).Find();
        }
    }
}
