using System.Globalization;
using ApiTools.Errors;
using ApiTools.Text;
using ApiTools.Validation;

namespace ApiTools.Sessions;

/// <summary>
/// Reads a session from text: what Export-ApiChatSession writes, a request's body, or a bare list of messages, as other tools keep them. Members
/// that are no part of a session are passed over.
/// </summary>
internal static class SessionReader
{
    // A bare list is checked as the request that it would be.
    private const string Opening = "{\"messages\":";

    /// <summary>The session.</summary>
    /// <param name="text">The file's bytes.</param>
    /// <param name="path">What to call the file.</param>
    /// <exception cref="ApiFileException">session_damaged, with the line and the column, or not_a_session.</exception>
    public static SessionHistory Read(byte[] text, string path)
    {
        byte[] json = Utf8Text.SkipMark(text).ToArray();
        if (JsonSyntax.FindFault(json) is JsonFault fault)
        {
            (int line, int column) = TextPositions.Locate(json, fault.Offset, firstLine: 1);
            throw ApiErrors.SessionDamaged(path, line, column, fault.Message, RequestValidator.Validate(json, RequestCheckOptions.Default));
        }
        bool isList = IsList(json);
        byte[] request = isList ? [.. System.Text.Encoding.UTF8.GetBytes(Opening), .. json, (byte)'}'] : json;
        if (RequestValidator.FindMessages(request, out string? model) is not JsonSlice messages)
        {
            throw ApiErrors.NotASession(path, "it has no list of messages, such as { \"messages\": [ { \"role\": \"user\", \"content\": \"...\" } ] }.");
        }
        // Tokens and models are for the call to say.
        RequestReport report = RequestValidator.Validate(request, RequestCheckOptions.Default);
        List<SessionMessage> read = Read(messages, request);
        if (report.Findings.FirstOrDefault(finding => IsDamage(finding, read)) is Finding damage)
        {
            throw Damaged(path, damage, report, isList);
        }
        (int calls, SessionUsage usage) = SessionMetadata.Read(request);
        return new SessionHistory(read) { Model = string.IsNullOrEmpty(model) ? null : model, Calls = calls, Usage = usage };
    }

    private static bool IsList(ReadOnlySpan<byte> json)
    {
        int start = 0;
        while (start < json.Length && json[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            start++;
        }
        return start < json.Length && json[start] == '[';
    }

    private static List<SessionMessage> Read(JsonSlice messages, byte[] request)
    {
        List<SessionMessage> read = [];
        JsonChildren items = messages.Children();
        while (items.MoveNext())
        {
            // On one line: between the tokens a line end is a blank like another, and in strings none can be.
            byte[] message = request.AsSpan(items.Value.Start, items.Value.End - items.Value.Start).ToArray();
            for (int i = 0; i < message.Length; i++)
            {
                message[i] = message[i] is (byte)'\n' or (byte)'\r' ? (byte)' ' : message[i];
            }
            read.Add(new SessionMessage(message));
        }
        return read;
    }

    // Of the request that it would be, the messages are what counts. The calls of the last answer may wait to be answered still.
    private static bool IsDamage(Finding finding, List<SessionMessage> messages) =>
        finding.Severity == FindingSeverity.Error
        && finding.Param?.StartsWith("messages[", StringComparison.Ordinal) == true
        && !WaitsForTools(finding, messages);

    private static bool WaitsForTools(Finding finding, List<SessionMessage> messages)
    {
        const string End = "].tool_calls";
        string param = finding.Param!;
        return param.EndsWith(End, StringComparison.Ordinal)
            && int.TryParse(param.Substring("messages[".Length, param.Length - "messages[".Length - End.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int caller)
            && messages[caller].View.ToolCalls.Count > 0
            && messages.Skip(caller + 1).All(message => message.View.Role == "tool");
    }

    private static ApiException Damaged(string path, Finding finding, RequestReport report, bool isList)
    {
        int line = finding.Line ?? 1;
        int column = (finding.Column ?? 1) - (isList && line == 1 ? Opening.Length : 0);
        return ApiErrors.SessionDamaged(path, line, Math.Max(1, column), finding.Message, report);
    }
}
