using System.Globalization;
using System.Text.Json;
using ApiTools.Text;
using ApiTools.Tokens;

namespace ApiTools.Validation;

/// <summary>What the members of a request demand of each other, and of the model.</summary>
internal static class RequestRelations
{
    // More names than these help nobody.
    private const int NamesTold = 3;

    private static readonly string[] InsteadOfContent = ["tool_calls", "function_call", "refusal", "audio"];

    /// <summary>content is required, but for an assistant's message that holds tool calls, a refusal or audio instead.</summary>
    public static void MessageHasContent(RequestCheck check, RequestPath path, JsonSlice value, IReadOnlyDictionary<string, JsonSlice> members)
    {
        bool hasInstead = IsRole(members, "assistant")
            && InsteadOfContent.Any(name => Has(members, name));
        if (hasInstead || Has(members, "content"))
        {
            return;
        }
        RequestPath content = path.Member("content");
        if (members.TryGetValue("content", out JsonSlice isNull))
        {
            check.Findings.Error("invalid_value", isNull.Start, content, $"{content} is null; only an assistant's message with tool_calls may have none.");
        }
        else
        {
            check.Missing(value, content, "it has to be a string or an array of parts.");
        }
    }

    /// <summary>A tool's message names the call that it answers.</summary>
    public static void ToolAnswersCall(RequestCheck check, RequestPath path, JsonSlice value, IReadOnlyDictionary<string, JsonSlice> members)
    {
        if (IsRole(members, "tool") && !Has(members, "tool_call_id"))
        {
            check.Missing(value, path.Member("tool_call_id"), "a message of role tool names the tool call that it answers.");
        }
    }

    /// <summary>A part of type image_url has a member image_url, and so on for each type.</summary>
    public static void PartHoldsItsType(RequestCheck check, RequestPath path, JsonSlice value, IReadOnlyDictionary<string, JsonSlice> members)
    {
        if (members.TryGetValue("type", out JsonSlice type)
            && type.Type == JsonTokenType.String
            && type.GetString() is string name
            && name is "text" or "image_url" or "input_audio" or "file" or "refusal" or "function" or "custom"
            && !members.ContainsKey(name))
        {
            check.Missing(value, path.Member(name), $"an object of type {name} holds it.");
        }
    }

    /// <summary>response_format of type json_schema has its schema.</summary>
    public static void SchemaIsThere(RequestCheck check, RequestPath path, JsonSlice value, IReadOnlyDictionary<string, JsonSlice> members)
    {
        if (Is(members, "type", "json_schema") && !members.ContainsKey("json_schema"))
        {
            check.Missing(value, path.Member("json_schema"), "a response_format of type json_schema holds it.");
        }
    }

    /// <summary>"logprobs must be set to true if this parameter is used" (OpenAI's reference, top_logprobs).</summary>
    public static void LogprobsAreOn(RequestCheck check, RequestPath path, JsonSlice value, IReadOnlyDictionary<string, JsonSlice> members)
    {
        if (Has(members, "top_logprobs") && !IsTrue(members, "logprobs"))
        {
            RequestPath place = path.Member("top_logprobs");
            // RFC 6902 4.1: add replaces a member that is there.
            check.Findings.Error(
                "invalid_value", members["top_logprobs"].Start, place, "top_logprobs needs logprobs to be true.", JsonPatch.AddRaw(path.Member("logprobs"), "true"));
        }
    }

    /// <summary>"Only set this when you set stream: true" (OpenAI's reference, stream_options).</summary>
    public static void StreamIsOn(RequestCheck check, RequestPath path, JsonSlice value, IReadOnlyDictionary<string, JsonSlice> members)
    {
        if (Has(members, "stream_options") && !IsTrue(members, "stream"))
        {
            RequestPath place = path.Member("stream_options");
            check.Findings.Error("invalid_value", members["stream_options"].Start, place, "stream_options may stand only where stream is true.");
        }
    }

    /// <summary>The service offers the model; where that is not known, it is one that is known at all.</summary>
    public static void ModelIsOffered(RequestCheck check, RequestPath path, JsonSlice value, IReadOnlyDictionary<string, JsonSlice> members)
    {
        if (!members.TryGetValue("model", out JsonSlice model) || model.Type != JsonTokenType.String || model.GetString() is not { Length: > 0 } name)
        {
            return;
        }
        check.Model = name;
        RequestPath place = path.Member("model");
        string shown = VisibleText.Line(name, 60);
        if (check.Options.Models is IReadOnlyList<string> offered)
        {
            if (!offered.Contains(name, StringComparer.Ordinal))
            {
                List<string> nearest = NearestName.FindAll(name, offered);
                string offer = nearest.Count > 0
                    ? $"the nearest that it offers: {Names(nearest)}."
                    : offered.Count > 0 ? $"it offers {Names(offered)}." : "it offers none.";
                check.Findings.Error(
                    "model_not_supported", model.Start, place, $"The service does not offer the model \"{shown}\"; {offer}", FixModel(name, nearest, place));
            }
        }
        else if (ModelCatalog.Find(name) is null)
        {
            List<string> nearest = NearestName.FindAll(name, ModelCatalog.All.Select(known => known.Name));
            string meant = nearest.Count > 0 ? $" Did you mean {Names(nearest)}?" : string.Empty;
            check.Findings.Warning(
                "model_not_supported",
                model.Start,
                place,
                $"The model \"{shown}\" is not one that ApiTools knows: whether the service offers it, and its context window, are not checked.{meant}",
                FixModel(name, nearest, place));
        }
    }

    /// <summary>The messages and the tokens kept for the answer fit the model's context window, and the answer its longest.</summary>
    public static void FitsContextWindow(RequestCheck check, RequestPath path, JsonSlice value, IReadOnlyDictionary<string, JsonSlice> members)
    {
        if (!members.TryGetValue("messages", out JsonSlice messages) || messages.Type != JsonTokenType.StartArray)
        {
            return;
        }
        long tokens = ConversationText.Tally(messages).Tokens;
        check.Tokens = tokens;
        KnownModel? known = ModelCatalog.Find(check.Model);
        // The newer name counts where both are given, as at OpenAI.
        string limitName = Has(members, "max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        long answer = members.TryGetValue(limitName, out JsonSlice limit) && limit.TryGetInt64(out long given) && given > 0 ? given : 0;
        CheckAnswer(check, known, path.Member(limitName), limit.Start, answer);
        int? window = (check.Model is null ? null : check.Options.ContextWindow?.Invoke(check.Model)) ?? known?.ContextWindow;
        // Not tokens + answer: the sum of the largest numbers does not fit.
        if (window is null || (tokens <= window && answer <= window - tokens))
        {
            return;
        }
        decimal total = (decimal)tokens + answer;
        string model = VisibleText.Line(check.Model, 60);
        string about = check.Options.EstimateIsExact ? string.Empty : "about ";
        string sum = answer > 0
            ? $"The messages are {about}{Count(tokens)} tokens and {limitName} is {Count(answer)}, together {Count(total)}"
            : $"The messages are {about}{Count(tokens)} tokens";
        string message = $"{sum}: {Count(total - window.Value)} more than the {Count(window.Value)} of {model}'s context window.";
        string? fix = tokens < window && answer > 0
            ? JsonPatch.ReplaceRaw(path.Member(limitName), (window.Value - tokens).ToString(CultureInfo.InvariantCulture))
            : null;
        check.Findings.Add(
            check.Options.EstimateIsExact ? FindingSeverity.Error : FindingSeverity.Warning,
            "context_length_exceeded",
            messages.Start,
            path.Member("messages"),
            message,
            fix);
    }

    // What is more than the longest answer can only mean the longest.
    private static void CheckAnswer(RequestCheck check, KnownModel? known, RequestPath place, int offset, long answer)
    {
        if (answer > known?.MaxOutputTokens)
        {
            check.Findings.Warning(
                "invalid_value",
                offset,
                place,
                $"{place} is {Count(answer)}; {known.Name} answers with at most {Count(known.MaxOutputTokens)} tokens.",
                JsonPatch.ReplaceRaw(place, known.MaxOutputTokens.ToString(CultureInfo.InvariantCulture)));
        }
    }

    // gpt-5 for gpt-4 is another model, and no typing mistake: the one nearest is meant only where its digits are the same.
    private static string? FixModel(string name, List<string> nearest, RequestPath place) =>
        nearest.Count == 1 && Digits(name) == Digits(nearest[0]) ? JsonPatch.Replace(place, nearest[0]) : null;

    private static string Digits(string name) => string.Concat(name.Where(char.IsDigit));

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Take(NamesTold).Select(name => VisibleText.Line(name, 60)));

    private static string Count(decimal number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static bool Has(IReadOnlyDictionary<string, JsonSlice> members, string name) =>
        members.TryGetValue(name, out JsonSlice value) && value.Type != JsonTokenType.Null;

    private static bool IsTrue(IReadOnlyDictionary<string, JsonSlice> members, string name) =>
        members.TryGetValue(name, out JsonSlice value) && value.Type == JsonTokenType.True;

    private static bool IsRole(IReadOnlyDictionary<string, JsonSlice> members, string role) => Is(members, "role", role);

    private static bool Is(IReadOnlyDictionary<string, JsonSlice> members, string name, string text) =>
        members.TryGetValue(name, out JsonSlice value) && value.Type == JsonTokenType.String && value.GetString() == text;
}
