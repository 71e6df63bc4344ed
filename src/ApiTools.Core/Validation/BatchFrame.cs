using System.Globalization;
using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>
/// A line of the Batch API's input (https://platform.openai.com/docs/api-reference/batch/request-input): a request is its <c>body</c>, and what stands
/// around it says whose it is and where it goes.
/// </summary>
internal readonly struct BatchFrame
{
    private const string Method = "POST";
    private const string Url = "/v1/chat/completions";

    // As Azure's documentation has it.
    private const string AzureUrl = "/chat/completions";
    private const string InvalidValue = "invalid_value";
    private const string MissingField = "missing_required_field";

    private static readonly string[] Urls = [Url, AzureUrl];

    private readonly JsonSlice _line;
    private readonly JsonSlice _id;
    private readonly JsonSlice _method;
    private readonly JsonSlice _url;

    private BatchFrame(JsonSlice line, JsonSlice id, JsonSlice method, JsonSlice url, JsonSlice body)
    {
        _line = line;
        _id = id;
        _method = method;
        _url = url;
        Body = body;
    }

    /// <summary>The request; of no type where there is none.</summary>
    public JsonSlice Body { get; }

    /// <summary>True where the body is to be checked: it is there, and a chat's.</summary>
    public bool HasChat => Body.Type != JsonTokenType.None && !(_url.Type == JsonTokenType.String && !IsChat(_url.GetString()));

    /// <summary>The line that a text is; null for a request itself, which has messages and a model.</summary>
    public static BatchFrame? Find(JsonSlice text)
    {
        JsonSlice id = default, method = default, url = default, body = default;
        JsonChildren members = text.Type == JsonTokenType.StartObject ? text.Children() : default;
        while (members.MoveNext())
        {
            if (members.NameIs("messages"u8) || members.NameIs("model"u8))
            {
                return null;
            }
            id = members.NameIs("custom_id"u8) ? members.Value : id;
            method = members.NameIs("method"u8) ? members.Value : method;
            url = members.NameIs("url"u8) ? members.Value : url;
            body = members.NameIs("body"u8) ? members.Value : body;
        }
        bool isLine = body.Type == JsonTokenType.StartObject
            || (id.Type != JsonTokenType.None && (method.Type != JsonTokenType.None || url.Type != JsonTokenType.None || body.Type != JsonTokenType.None));
        return isLine ? new BatchFrame(text, id, method, url, body) : null;
    }

    /// <summary>Adds what is wrong with what stands around the request.</summary>
    /// <param name="findings">Where to add it.</param>
    /// <param name="ids">The ids of the lines before; null where a line stands alone.</param>
    /// <param name="number">The line's number.</param>
    public void Check(FindingList findings, BatchIds? ids, int number)
    {
        findings.IsOfFrame = true;
        CheckId(findings, ids, number);
        CheckMethod(findings);
        CheckUrl(findings);
        if (Body.Type == JsonTokenType.None)
        {
            Missing(findings, "body", "it is the request.", null);
        }
        if (ids?.IsOneTooMany(number) == true)
        {
            string maximum = BatchIds.Maximum.ToString("N0", CultureInfo.InvariantCulture);
            findings.Warning(InvalidValue, _line.Start, RequestPath.Root, $"The Batch API takes at most {maximum} requests in a file, and this is one more.");
        }
        findings.IsOfFrame = false;
    }

    private void CheckId(FindingList findings, BatchIds? ids, int number)
    {
        RequestPath path = RequestPath.Root.Member("custom_id");
        if (_id.Type == JsonTokenType.None)
        {
            string made = FormattableString.Invariant($"\"request-{number}\"");
            Missing(findings, "custom_id", "it tells the answers of a batch apart.", JsonFix.Choice(JsonPatch.AddRaw(path, made)));
        }
        else if (_id.Type != JsonTokenType.String)
        {
            JsonFix? fix = _id.Type == JsonTokenType.Number ? JsonFix.Safe(JsonPatch.Replace(path, _id.GetRawText())) : null;
            Wrong(findings, _id, path, $"custom_id is {ValueKind.Describe(_id)}; it has to be a string.", fix);
        }
        else if (_id.RawString.IsEmpty)
        {
            Wrong(findings, _id, path, "custom_id is empty; it has to tell the answers of a batch apart.", null);
        }
        else if (ids?.Add(_id.GetString(), number) is int before)
        {
            Wrong(findings, _id, path, FormattableString.Invariant($"custom_id is {_id.GetRawText()}, as in line {before} already; it has to tell the answers of a batch apart."), null);
        }
    }

    // It knows no other.
    private void CheckMethod(FindingList findings)
    {
        RequestPath path = RequestPath.Root.Member("method");
        if (_method.Type == JsonTokenType.None)
        {
            Missing(findings, "method", "it has to be \"POST\".", JsonFix.Safe(JsonPatch.AddRaw(path, $"\"{Method}\"")));
        }
        else if (!_method.IsText("POST"u8))
        {
            Wrong(findings, _method, path, $"method is {Shown(_method)}; it has to be \"POST\".", JsonFix.Safe(JsonPatch.Replace(path, Method)));
        }
    }

    private void CheckUrl(FindingList findings)
    {
        RequestPath path = RequestPath.Root.Member("url");
        if (_url.Type == JsonTokenType.None)
        {
            Missing(findings, "url", $"a chat's is \"{Url}\".", JsonFix.Choice(JsonPatch.AddRaw(path, $"\"{Url}\"")));
            return;
        }
        string? url = _url.Type == JsonTokenType.String ? _url.GetString() : null;
        if (Array.IndexOf(Urls, url) < 0)
        {
            JsonFix? fix = url is null ? null
                : IsChat(url) ? JsonFix.Safe(JsonPatch.Replace(path, Url))
                : NearestName.Find(url, Urls) is string nearest ? JsonFix.Choice(JsonPatch.Replace(path, nearest))
                : null;
            Wrong(findings, _url, path, $"url is {Shown(_url)}; a chat's is \"{Url}\".", fix);
        }
    }

    // As the sender takes it: a whole address, and one with a slash at its end, mean the same.
    private static bool IsChat(string url) => url.TrimEnd('/').EndsWith("chat/completions", StringComparison.Ordinal);

    private static string Shown(JsonSlice value) => value.Type == JsonTokenType.String ? value.GetRawText() : ValueKind.Describe(value);

    private void Missing(FindingList findings, string name, string why, JsonFix? fix) =>
        findings.Error(MissingField, _line.Start, RequestPath.Root.Member(name), $"{name} is missing: {why}", fix);

    private static void Wrong(FindingList findings, JsonSlice value, RequestPath path, string message, JsonFix? fix) =>
        findings.Error(InvalidValue, value.Start, path, message, fix);
}
