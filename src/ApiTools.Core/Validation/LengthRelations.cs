using System.Globalization;
using System.Text.Json;
using ApiTools.Text;
using ApiTools.Tokens;

namespace ApiTools.Validation;

/// <summary>Whether the messages, the tools and the tokens kept for the answer fit the model's context window, and the answer its longest.</summary>
internal static class LengthRelations
{
    // Of a long conversation the largest messages say where to cut.
    private const int MessagesTold = 5;

    // The start of the answer, and the end of the tools.
    private const int Spare = 16;

    /// <summary>The length against the window (the page's tip 3).</summary>
    public static void FitsWindow(RequestCheck check, in RequestMembers members)
    {
        JsonSlice messages = members[MemberName.Messages];
        if (messages.Type != JsonTokenType.StartArray)
        {
            return;
        }
        // Where there are findings without end the walk has not come to all messages.
        long tokens = check.Findings.IsFull ? ConversationText.Tally(messages).Tokens : check.Tally.Tokens;
        check.Tokens = tokens;
        KnownModel? known = check.Model.Known;
        // The newer name counts where both are given, as at OpenAI.
        bool isNew = members.Has(MemberName.MaxCompletionTokens);
        string limitName = isNew ? "max_completion_tokens" : "max_tokens";
        JsonSlice limit = isNew ? members[MemberName.MaxCompletionTokens] : members[MemberName.MaxTokens];
        long answer = limit.Type == JsonTokenType.Number && limit.TryGetInt64(out long given) && given > 0 ? given : 0;
        if (answer > known?.MaxOutputTokens)
        {
            ReportAnswer(check, known, limit, limitName, answer);
        }
        int? window = (check.Model.Name is null ? null : check.Options.ContextWindow?.Invoke(check.Model.Name)) ?? known?.ContextWindow;
        if (window is null)
        {
            return;
        }
        Sum? sum = !check.Options.EstimateIsExact && check.Model.Encoding is string encoding
            ? CountExactly(encoding, check.Model, members, answer, window.Value)
            : Estimate(check, tokens, members, answer, window.Value);
        if (sum is { Fits: false })
        {
            Report(check, messages, sum, limitName);
        }
    }

    // A token is at least a byte, and what the format adds to a message is less than the JSON around it; an image is at most what the largest takes.
    // Where that many fit, nothing has to be counted.
    private static Sum? CountExactly(string encoding, RequestModel model, in RequestMembers members, long answer, int window)
    {
        JsonSlice messages = members[MemberName.Messages];
        long most = Length(messages) + MostOfImages(messages, model.Images) + ToolBytes(members) + Length(members[MemberName.ResponseFormat]) + Spare;
        if (Fits(most, 0, answer, window))
        {
            return null;
        }
        ConversationCounter counter = new(TokenEncoding.Get(encoding), model.Name);
        counter.AddMessages(messages);
        counter.AddTools(members[MemberName.Tools], "tools");
        counter.AddTools(members[MemberName.Functions], "functions");
        counter.AddResponseFormat(members[MemberName.ResponseFormat]);
        ConversationCount count = counter.Finish();
        long tools = count.Parts.Where(part => part.Param is "tools" or "functions").Sum(part => part.Tokens);
        return new Sum(count.Tokens - tools, tools, answer, window, count.IsExact, IsError: count.IsExact || !Fits(count.Certain, 0, answer, window))
        {
            Shares = [.. count.Parts.Where(part => part.Index is not null).Select(part => part.Tokens)],
        };
    }

    // Most requests have no image, which one look at their text tells.
    private static long MostOfImages(JsonSlice messages, ImageFormat? format)
    {
        if (format is null || messages.Span.IndexOf("image_url"u8) < 0)
        {
            return 0;
        }
        long count = 0;
        JsonChildren items = messages.Children();
        while (items.MoveNext())
        {
            JsonChildren members = items.Value.Children();
            while (members.MoveNext())
            {
                count += members.NameIs("content"u8) ? CountImages(members.Value) : 0;
            }
        }
        return count * format.Most;
    }

    private static long CountImages(JsonSlice content)
    {
        long count = 0;
        JsonChildren parts = content.Children();
        while (parts.MoveNext())
        {
            count += parts.Value.Member("type"u8).IsText("image_url"u8) ? 1 : 0;
        }
        return count;
    }

    private static Sum? Estimate(RequestCheck check, long tokens, in RequestMembers members, long answer, int window)
    {
        if (Fits(tokens, ToolBytes(members), answer, window))
        {
            return null;
        }
        bool isExact = check.Options.EstimateIsExact;
        if (!isExact && !check.Findings.WantsWarnings)
        {
            return null;
        }
        return new Sum(tokens, EstimateTools(members), answer, window, isExact, isExact) { Shares = EstimateShares(members[MemberName.Messages]) };
    }

    // What is more than the longest answer can only mean the longest.
    private static void ReportAnswer(RequestCheck check, KnownModel known, JsonSlice limit, string limitName, long answer)
    {
        if (check.Findings.WantsWarnings)
        {
            RequestPath path = check.Path.Member(limitName);
            check.Warning(
                limit,
                path,
                $"{path} is {Count(answer)}; {known.Name} answers with at most {Count(known.MaxOutputTokens)} tokens.",
                JsonFix.Safe(JsonPatch.ReplaceRaw(path, known.MaxOutputTokens.ToString(CultureInfo.InvariantCulture))));
        }
    }

    private static void Report(RequestCheck check, JsonSlice messages, Sum sum, string limitName)
    {
        string model = VisibleText.Line(check.Model.Name, 60);
        string about = sum.IsExact ? string.Empty : "about ";
        List<string> parts = [$"The messages are {about}{Count(sum.Messages)} tokens"];
        if (sum.Tools > 0)
        {
            parts.Add($"the tools {about}{Count(sum.Tools)}");
        }
        if (sum.Answer > 0)
        {
            parts.Add($"{limitName} is {Count(sum.Answer)}");
        }
        string said = parts.Count == 1
            ? parts[0]
            : $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[parts.Count - 1]}, together {Count(sum.Total)}";
        string message = $"{said}: {Count(sum.Total - sum.Window)} more than the {Count(sum.Window)} of {model}'s context window.{Describe(check.MessageTokens = sum.Shares, about)}";
        long left = sum.Window - sum.Messages - sum.Tools;
        JsonFix? fix = left > 0 && sum.Answer > 0
            ? JsonFix.Choice(JsonPatch.ReplaceRaw(check.Path.Member(limitName), left.ToString(CultureInfo.InvariantCulture)))
            : null;
        check.Findings.Add(
            sum.IsError ? FindingSeverity.Error : FindingSeverity.Warning,
            "context_length_exceeded",
            messages.Start,
            check.Path.Member("messages"),
            message,
            fix);
    }

    private static long[] EstimateShares(JsonSlice messages)
    {
        List<long> shares = [];
        JsonChildren items = messages.Children();
        while (items.MoveNext())
        {
            shares.Add(ConversationText.TallyMessage(items.Value).Tokens);
        }
        return [.. shares];
    }

    private static string Describe(long[] shares, string about)
    {
        if (shares.Length < 2)
        {
            return string.Empty;
        }
        IEnumerable<string> largest = shares.Select((tokens, index) => (Index: index, Tokens: tokens))
            .OrderByDescending(share => share.Tokens)
            .Take(MessagesTold)
            .Select(share => $"messages[{share.Index}] {about}{Count(share.Tokens)}");
        string which = shares.Length > MessagesTold ? $"The largest of {Count(shares.Length)}" : "Each";
        return $" {which}: {string.Join(", ", largest)}.";
    }

    private static long ToolBytes(in RequestMembers members) => Length(members[MemberName.Tools]) + Length(members[MemberName.Functions]);

    private static long Length(JsonSlice value) => value.End - value.Start;

    private static long EstimateTools(in RequestMembers members)
    {
        TokenTally tally = default;
        ConversationText.AddAll(members[MemberName.Tools], ref tally);
        ConversationText.AddAll(members[MemberName.Functions], ref tally);
        return tally.Tokens;
    }

    // Not messages + tools + answer: the sum of the largest numbers does not fit.
    private static bool Fits(long messages, long tools, long answer, int window) => messages + tools <= window && answer <= window - messages - tools;

    private static string Count(decimal number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private sealed record Sum(long Messages, long Tools, long Answer, int Window, bool IsExact, bool IsError)
    {
        public long[] Shares { get; init; } = [];

        public decimal Total => (decimal)Messages + Tools + Answer;

        public bool Fits => LengthRelations.Fits(Messages, Tools, Answer, Window);
    }
}
