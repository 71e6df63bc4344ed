using System.Text;
using System.Text.Json;

namespace ApiTools.Errors;

/// <summary>
/// Reads what an error body says from any of the shapes that services send (the page's own, and those seen beside it; each has a fixture
/// in the tests that names where it was seen).
/// </summary>
internal static class ErrorBody
{
    // JSON within a string within JSON: a gateway before a gateway before a service.
    private const int MaximumNesting = 4;

    private static readonly string[] MessageNames =
        ["message", "msg", "error_description", "error_message", "error_msg", "errorMessage", "faultstring", "detail", "title"];

    private static readonly string[] CodeNames = ["code", "error_code", "errorCode"];
    private static readonly string[] TypeNames = ["type", "error_type", "__type"];
    private static readonly string[] StatusNames = ["status", "statusCode", "status_code"];
    private static readonly string[] RequestIdNames = ["request_id", "requestId"];

    /// <summary>What the text says as JSON; null where it is none, or says nothing.</summary>
    public static ErrorFacts? Read(string text)
    {
        ErrorFacts facts = new();
        ReadText(text, facts, MaximumNesting);
        return facts.Message is null && facts.Code is null && facts.Type is null && facts.Status is null ? null : facts;
    }

    private static bool ReadText(string text, ErrorFacts facts, int nesting)
    {
        if (nesting == 0 || ErrorNode.Parse(text) is not ErrorNode root)
        {
            return false;
        }
        ReadNode(root, facts, nesting);
        return true;
    }

    private static void ReadNode(ErrorNode node, ErrorFacts facts, int nesting)
    {
        switch (node.Kind)
        {
            case JsonTokenType.StartObject:
                ReadObject(node, facts, nesting);
                break;
            case JsonTokenType.StartArray when node.Items.Any(item => item.Kind == JsonTokenType.String):
                facts.Message = Joined([.. node.Items.Where(item => item.Kind == JsonTokenType.String).Select(item => item.Text!)]);
                break;
            // Gemini wraps its error in a list of one.
            case JsonTokenType.StartArray when node.Items.Count > 0:
                ReadNode(node.Items[0], facts, nesting);
                break;
            case JsonTokenType.String when !ReadNested(node.Text!, facts, nesting):
                facts.Message = node.Text;
                break;
            default:
                break;
        }
    }

    /// <summary>Reads a string that is itself JSON; false where it is ordinary text.</summary>
    private static bool ReadNested(string text, ErrorFacts facts, int nesting)
    {
        string trimmed = text.Trim();
        return trimmed.Length > 1 && trimmed[0] is '{' or '[' && trimmed[trimmed.Length - 1] is '}' or ']'
            && ReadText(trimmed, facts, nesting - 1) && facts.Message is not null;
    }

    private static void ReadObject(ErrorNode node, ErrorFacts facts, int nesting)
    {
        ReadUpstream(node["metadata"], facts, nesting);
        switch (node["error"] ?? node["fault"])
        {
            case { Kind: JsonTokenType.StartObject or JsonTokenType.StartArray } error:
                ReadNode(error, facts, nesting);
                break;
            // OAuth (RFC 6749, 5.2) and Spring: a name beside a message; Ollama: the message itself.
            case { Kind: JsonTokenType.String } error when HasMessage(node):
                facts.Code = error.Text;
                break;
            case { Kind: JsonTokenType.String } error:
                ReadNode(error, facts, nesting);
                break;
            default:
                break;
        }
        ReadChoices(node["choices"], facts, nesting);
        ReadErrors(node["errors"], facts, nesting);
        ReadDetail(node["detail"], facts, nesting);
        ReadMembers(node, facts, nesting);
    }

    // OpenRouter: the error of one choice of an answer or of a chunk.
    private static void ReadChoices(ErrorNode? choices, ErrorFacts facts, int nesting)
    {
        if (choices?.Items.FirstOrDefault(choice => choice["error"] is { Kind: not JsonTokenType.Null }) is ErrorNode failed)
        {
            ReadNode(failed["error"]!, facts, nesting);
        }
    }

    private static bool HasMessage(ErrorNode node) => MessageNames.Any(name => node.String(name) is not null);

    private static void ReadMembers(ErrorNode node, ErrorFacts facts, int nesting)
    {
        foreach (string name in MessageNames)
        {
            if (facts.Message is null && node[name] is ErrorNode message)
            {
                ReadNode(message, facts, nesting);
            }
        }
        foreach (string name in CodeNames)
        {
            facts.Code = node.Scalar(name);
        }
        foreach (string name in TypeNames)
        {
            facts.Type = node.String(name);
        }
        facts.Param = node.String("param");
        foreach (string name in RequestIdNames)
        {
            facts.RequestId ??= node.String(name);
        }
        foreach (string name in StatusNames.Concat(CodeNames))
        {
            facts.Status ??= node.Integer(name) is int status and >= 400 and <= 599 ? status : null;
        }
        // Google: a status in words beside a number for a code.
        if (node.String("status") is string words && !words.All(char.IsDigit))
        {
            facts.Type = words;
        }
        ReadAzure(node["innererror"], facts);
        ReadGoogle(node["details"], facts);
        // Hugging Face, while a model loads: seconds.
        facts.Wait ??= node.Scalar("estimated_time");
        if (node.Integer("n_ctx") is int window)
        {
            // llama.cpp PR 15780.
            facts.Context ??= new ContextLength(window, null, node.Integer("n_prompt_tokens"), null);
        }
    }

    // OpenRouter: the error of the provider behind it, verbatim, often as a string of JSON; and that provider's headers.
    private static void ReadUpstream(ErrorNode? metadata, ErrorFacts facts, int nesting)
    {
        if (metadata is null)
        {
            return;
        }
        facts.Wait ??= metadata["headers"]?.String("X-RateLimit-Reset");
        if (metadata["raw"] is not ErrorNode raw)
        {
            return;
        }
        ErrorFacts upstream = new();
        ReadNode(raw, upstream, nesting);
        if (upstream.Message is string said)
        {
            facts.Message = metadata.String("provider_name") is string provider ? $"{provider}: {said}" : said;
            facts.Code = upstream.Code;
            facts.Type = upstream.Type;
            facts.Param = upstream.Param;
            facts.Status ??= upstream.Status;
            facts.Context ??= upstream.Context;
        }
    }

    // A list of errors (Cloudflare), or messages by field (ASP.NET Core's ValidationProblemDetails).
    private static void ReadErrors(ErrorNode? errors, ErrorFacts facts, int nesting)
    {
        if (errors is { Kind: JsonTokenType.StartArray } or { Kind: JsonTokenType.String })
        {
            ReadNode(errors, facts, nesting);
        }
        else if (errors is { Kind: JsonTokenType.StartObject, Members.Count: > 0 })
        {
            KeyValuePair<string, ErrorNode> first = errors.Members.First();
            facts.Param = first.Key;
            ReadNode(first.Value, facts, nesting);
        }
    }

    private static void ReadDetail(ErrorNode? detail, ErrorFacts facts, int nesting)
    {
        if (detail is { Kind: JsonTokenType.StartArray } && detail.Items.Any(item => item["loc"] is not null))
        {
            ReadFastApi(detail, facts);
        }
        else if (detail is not null && (facts.Message is null || detail.Kind == JsonTokenType.StartObject))
        {
            ReadNode(detail, facts, nesting);
        }
    }

    // FastAPI and pydantic: [{"type":"missing","loc":["body","messages",0,"role"],"msg":"Field required"}, ...].
    private static void ReadFastApi(ErrorNode detail, ErrorFacts facts)
    {
        List<string> findings = [];
        foreach (ErrorNode item in detail.Items)
        {
            string param = Path(item["loc"]);
            string said = item.String("msg") ?? item.String("type") ?? "invalid";
            findings.Add(param.Length == 0 ? said : $"{param}: {said}");
            facts.Param = param;
            facts.Type = item.String("type");
        }
        facts.Message = Joined(findings);
    }

    private static string Joined(List<string> sentences)
    {
        const int shown = 3;
        string more = sentences.Count > shown ? $"; and {sentences.Count - shown} more" : string.Empty;
        return string.Join("; ", sentences.Take(shown)) + more;
    }

    private static string Path(ErrorNode? location)
    {
        StringBuilder path = new();
        foreach (ErrorNode step in location?.Items ?? [])
        {
            // Where FastAPI looked, before what it looked at.
            bool place = path.Length == 0 && step.Text is "body" or "query" or "path" or "header";
            if (step.Text is string name && !place)
            {
                path.Append(step.Kind == JsonTokenType.Number ? $"[{name}]" : path.Length == 0 ? name : "." + name);
            }
        }
        return path.ToString();
    }

    // Which filter, how severe; the outer message says only that there was one.
    private static void ReadAzure(ErrorNode? inner, ErrorFacts facts)
    {
        if (inner is null)
        {
            return;
        }
        facts.Type = inner.String("code");
        ErrorNode? results = inner["content_filter_result"] ?? inner["content_filter_results"];
        if (results is null)
        {
            return;
        }
        string[] filters =
        [
            .. results.Members.Where(filter => filter.Value["filtered"]?.Kind == JsonTokenType.True)
                .Select(filter => filter.Value.String("severity") is string severity ? $"{filter.Key} ({severity})" : filter.Key),
        ];
        if (filters.Length > 0)
        {
            facts.Filters = string.Join(", ", filters);
        }
    }

    // google.rpc.ErrorInfo and google.rpc.RetryInfo.
    private static void ReadGoogle(ErrorNode? details, ErrorFacts facts)
    {
        foreach (ErrorNode detail in details?.Items ?? [])
        {
            facts.Reason ??= detail.String("reason");
            facts.Wait ??= detail.String("retryDelay");
        }
    }
}
