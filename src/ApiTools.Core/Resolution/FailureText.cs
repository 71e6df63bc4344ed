using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ApiTools.Errors;
using ApiTools.Text;

namespace ApiTools.Resolution;

/// <summary>
/// Finds a failure in text that somebody else wrote: saved HTTP, a body, a line of a log, a traceback of Python's or Node's SDK, what a tool printed.
/// </summary>
internal static class FailureText
{
    // A person pastes a page or two; a log's line may hold a body.
    private const int MaximumLength = 4 * 1024 * 1024;

    // How many objects in a text are tried.
    private const int MaximumObjects = 12;

    // "Error code: 429 - {...}", "RateLimitError: 429 You ...", "Request failed with status code 429", "status: 429", "httpStatusCode":429, "httpCode: 403",
    // "429 Client Error", "HTTP 429", "(429)", "Error in stream_response: 400: ...".
    private static readonly Regex StatusWords = Patterns.Make(
        @"(?:\b(?:error code|(?:http[ _-]?)?status(?:[ _-]?code)?|http(?: error| status|[ _-]?code)?|Error)[""']?\s{0,3}[:=]?\s{0,3}[""']?|\(|\breturned HTTP |_response: )(?<status>[45][0-9]{2})\b|^(?<status>[45][0-9]{2}) ");

    private static readonly Regex SuccessWords = Patterns.Make(@"does not indicate success: (?<status>[45][0-9]{2})\b|\b(?<status>[45][0-9]{2}) (?:Client|Server) Error\b");

    private static readonly Regex Address = Patterns.Make(@"\bhttps?://[A-Za-z0-9.\-\[\]:]{1,200}(?:/[A-Za-z0-9._~/\-]{0,200})?");

    // Node: "connect ECONNREFUSED 127.0.0.1:1234", "getaddrinfo ENOTFOUND api.example"; urllib3: host='api.example', port=443; curl: "resolve host: api.example".
    private static readonly Regex HostWords = Patterns.Make(
        @"\b(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT) (?<host>[A-Za-z0-9.\-\[\]:]{1,200})|\bhost=['""](?<host>[A-Za-z0-9.\-]{1,200})['""]"
        + @"|\bresolve host: (?<host>[A-Za-z0-9.\-]{1,200})|\bconnect to (?<host>[A-Za-z0-9.\-]{1,200}) port (?<port>[0-9]{1,5})"
        // .NET: "Connection refused (127.0.0.1:9)", "could not be resolved: 'api.example'"; Go: "dial tcp 127.0.0.1:9: connect: ...", "lookup api.example: no such host".
        + @"|\((?<host>[A-Za-z0-9.\-\[\]:]{1,200}):(?<port>[0-9]{1,5})\)|\bcould not be resolved: '(?<host>[A-Za-z0-9.\-]{1,200})'"
        + @"|\bdial tcp (?<host>[0-9A-Za-z.\-\[\]:]{1,200}):(?<port>[0-9]{1,5}): |\blookup (?<host>[A-Za-z0-9.\-]{1,200})(?: on \S{1,60})?: ");

    // "request id: cd0cb454-...", "Request ID: req_c92b...", $metadata: {"requestId":"158a2e26-..."}, aws_request_id: "...".
    private static readonly Regex IdWords = Patterns.Make(@"\brequest[ _-]?id[""']?\s{0,2}[:=]\s{0,2}[""']?(?<id>[A-Za-z0-9_-]{8,80})|_request_id: ""(?<id>[A-Za-z0-9_-]{8,80})");

    // botocore: "An error occurred (ThrottlingException) when calling the Converse operation (reached max retries: 4): Too many tokens per day, ...".
    private static readonly Regex AwsWords = Patterns.Make(@"\bAn error occurred \((?<code>[A-Za-z]{3,60})\) when calling the [A-Za-z]{1,60} operation(?: \([^)\n]{1,60}\))?: (?<message>[^\r\n]{1,2000})");

    // The words for a status before a body, as the AI SDK writes them: "Unauthorized: {...}".
    private static readonly (string Words, int Status)[] Reasons =
    [
        ("Bad Request", 400), ("Unauthorized", 401), ("Payment Required", 402), ("Forbidden", 403), ("Not Found", 404), ("Too Many Requests", 429),
        ("Internal Server Error", 500), ("Bad Gateway", 502), ("Service Unavailable", 503), ("Gateway Timeout", 504),
    ];

    private static readonly Regex ModelWords = Patterns.Make(@"\bmodel:? [`'""](?<model>[^`'""\s]{1,100})[`'""]");

    /// <summary>What the text says of a failure; null where it says nothing that is known.</summary>
    public static Sighting? Read(string text)
    {
        string bounded = text.Length > MaximumLength ? text.Substring(0, MaximumLength) : text;
        string trimmed = bounded.Trim().TrimStart('\ufeff');
        if (trimmed.Length == 0)
        {
            return null;
        }
        if (HttpTranscript.Read(bounded.TrimStart('\ufeff')) is Sighting transcript)
        {
            return transcript.Status >= 300 || HasError(transcript.Body) ? transcript : null;
        }
        Sighting? found = (trimmed[0] is '{' or '[' ? ReadJson(trimmed) : null) ?? ReadWords(trimmed);
        return found is null ? null : found with { Address = found.Address ?? AddressIn(trimmed), Model = found.Model ?? ModelIn(trimmed) };
    }

    private static Sighting? ReadJson(string text)
    {
        byte[] json = Encoding.UTF8.GetBytes(text);
        if (ErrorTree.Parse(json, 0, json.Length) is not ErrorNode root)
        {
            return null;
        }
        if (LogLine.Read(root) is Sighting line)
        {
            return line;
        }
        if (ErrorBody.Read(json, 0, json.Length) is not ErrorFacts { Message: string message } facts)
        {
            return null;
        }
        // Another tool's log: the failure stands in the text of one of its members.
        if (!HasError(json) && ReadWords(message) is Sighting within)
        {
            return within with { Source = "line of a log", Status = within.Status ?? facts.Status };
        }
        return facts.Status is not null || HasError(json)
            ? new Sighting { Source = "body", Status = facts.Status ?? MereTypes.StatusOf(facts.Code) ?? MereTypes.StatusOf(facts.Type), Body = json, Code = facts.Code }
            : null;
    }

    private static Sighting? ReadWords(string text)
    {
        string source = SourceOf(text);
        int? status = StatusIn(text);
        if ((ObjectIn(text, HasError) ?? (status is null ? null : ObjectIn(text, HasMessage))) is string json)
        {
            byte[] body = Encoding.UTF8.GetBytes(json);
            ErrorNode? root = ErrorTree.Parse(body, 0, body.Length);
            ErrorFacts? facts = ErrorBody.Read(body, 0, body.Length);
            int? said = status ?? facts?.Status ?? StatusOfClass(text) ?? MereTypes.StatusOf(facts?.Code) ?? MereTypes.StatusOf(facts?.Type) ?? StatusOfReason(text);
            return new Sighting { Source = source, Status = said, Body = body, Headers = HeadersIn(root), Code = facts?.Code, RequestId = IdIn(text) };
        }
        if (Aws(text, source) is Sighting aws)
        {
            return aws;
        }
        if ((status ?? StatusOfClass(text)) is int known)
        {
            return new Sighting { Source = source, Status = known, Message = Line(text), RequestId = IdIn(text) };
        }
        if (NetworkWords.Find(text) is NetworkWord word)
        {
            return new Sighting { Source = source, Fault = word.Fault, Message = Line(text) };
        }
        return SpokenError.Find(text) is (string message, int spoken) ? new Sighting { Source = source, Status = spoken, Message = message, RequestId = IdIn(text) } : null;
    }

    // As the body that the service sent.
    private static Sighting? Aws(string text, string source)
    {
        Match match = Patterns.Match(AwsWords, text);
        if (!match.Success)
        {
            return null;
        }
        string code = match.Groups["code"].Value;
        byte[] body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["__type"] = code, ["message"] = match.Groups["message"].Value.TrimEnd() });
        int? status = MereTypes.StatusOf(code) ?? ApiErrorCatalog.Find(ServiceCodes.Documented(code, 0) ?? string.Empty)?.Status;
        return new Sighting { Source = source, Status = status, Body = body, Code = code, RequestId = IdIn(text) };
    }

    // The first object in the text that is an error, as JSON.
    private static string? ObjectIn(string text, Func<byte[], bool> isError)
    {
        int at = -1;
        for (int tries = 0; tries < MaximumObjects; tries++)
        {
            at = text.IndexOf('{', at + 1);
            if (at < 0)
            {
                return null;
            }
            string json = LooseObject.ToJson(text, at, out int end);
            if (isError(Encoding.UTF8.GetBytes(json)))
            {
                return json;
            }
            // An object within an object that says nothing is looked at too.
            at = end > text.Length - 2 && tries < MaximumObjects / 2 ? at : Math.Max(at, end - 1);
        }
        return null;
    }

    /// <summary>True for what is an error's body rather than any object.</summary>
    private static bool HasError(byte[] json)
    {
        if (ErrorTree.Parse(json, 0, json.Length) is not ErrorNode parsed)
        {
            return false;
        }
        ErrorNode root = parsed.Kind == System.Text.Json.JsonTokenType.StartArray && parsed.First is ErrorNode first ? first : parsed;
        if (root["error"]?.Kind is System.Text.Json.JsonTokenType.StartObject or System.Text.Json.JsonTokenType.String || root["__type"] is not null)
        {
            return true;
        }
        // Cloudflare's API: anomalyco/opencode#32051.
        if (root["errors"] is { Kind: System.Text.Json.JsonTokenType.StartArray, First: { Kind: System.Text.Json.JsonTokenType.StartObject } one } && one["message"] is not null)
        {
            return true;
        }
        // A line of a log has a level, and a message of its own.
        bool isLine = root["level"] is not null || root["severity"] is not null;
        bool isNamed = root["code"] is not null || root["type"] is not null || root["statusCode"] is not null || root["status"] is not null;
        return !isLine && (root["detail"] is not null || (root["message"] is not null && isNamed));
    }

    // Where the text itself has said that this is an error: Cohere's {'message': 'invalid api token'} has no more (cohere-ai/cohere-toolkit#857).
    private static bool HasMessage(byte[] json) =>
        ErrorTree.Parse(json, 0, json.Length) is ErrorNode root && root.String("message") is not null && root["level"] is null && root["severity"] is null && root["role"] is null;

    private static int? StatusOfReason(string text)
    {
        foreach ((string words, int status) in Reasons)
        {
            int at = text.IndexOf(words + ": {", StringComparison.Ordinal);
            if (at == 0 || (at > 0 && text[at - 1] is ' ' or '\n'))
            {
                return status;
            }
        }
        return null;
    }

    private static string? IdIn(string text)
    {
        Match match = Patterns.Match(IdWords, text);
        return match.Success ? match.Groups["id"].Value : null;
    }

    private static int? StatusIn(string text)
    {
        Match match = Patterns.Match(SuccessWords, text);
        match = match.Success ? match : Patterns.Match(StatusWords, text);
        return match.Success ? int.Parse(match.Groups["status"].Value, CultureInfo.InvariantCulture) : null;
    }

    private static int? StatusOfClass(string text) => SdkClass.All.FirstOrDefault(known => text.IndexOf(known.Name, StringComparison.Ordinal) >= 0)?.Status;

    // Node writes an answer's headers out: Headers { ... }, or an object.
    private static List<KeyValuePair<string, string>> HeadersIn(ErrorNode? root)
    {
        List<KeyValuePair<string, string>> headers = [];
        foreach (ErrorNode header in root?["headers"] is { Kind: System.Text.Json.JsonTokenType.StartObject } found ? found.Children : [])
        {
            if (header.Text is string value)
            {
                headers.Add(new(header.Name, value));
            }
        }
        if ((root?.String("request_id") ?? root?.String("requestID")) is string id)
        {
            headers.Add(new("x-request-id", id));
        }
        return headers;
    }

    private static string SourceOf(string text) =>
        text.IndexOf("Traceback (most recent call last)", StringComparison.Ordinal) >= 0 || text.IndexOf("Error code: ", StringComparison.Ordinal) >= 0 ? "Python traceback"
        : text.IndexOf("\n    at ", StringComparison.Ordinal) >= 0 || text.IndexOf("status: ", StringComparison.Ordinal) >= 0 ? "Node error"
        : "text";

    /// <summary>The address, or the host, that a text names as the one that was asked; null where it names none.</summary>
    public static string? AddressIn(string text)
    {
        Match host = Patterns.Match(HostWords, text);
        if (host.Success)
        {
            string port = host.Groups["port"].Success ? ":" + host.Groups["port"].Value : string.Empty;
            return host.Groups["host"].Value.TrimEnd(':', '.') + port;
        }
        foreach (Match address in Addresses(text))
        {
            // Not the page that a message points to.
            if (address.Value.IndexOf("/v1", StringComparison.Ordinal) >= 0 || address.Value.IndexOf("://api.", StringComparison.Ordinal) >= 0 || address.Value.IndexOf("completions", StringComparison.Ordinal) >= 0)
            {
                return address.Value;
            }
        }
        return null;
    }

    private static List<Match> Addresses(string text)
    {
        List<Match> addresses = [];
        for (Match match = Patterns.Match(Address, text); match.Success && addresses.Count < MaximumObjects; match = match.NextMatch())
        {
            addresses.Add(match);
        }
        return addresses;
    }

    private static string? ModelIn(string text)
    {
        Match match = Patterns.Match(ModelWords, text);
        return match.Success ? match.Groups["model"].Value : null;
    }

    // The line that says what failed: the last of a traceback, the first of anything else.
    private static string Line(string text)
    {
        string[] lines = text.Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
        string line = text.StartsWith("Traceback", StringComparison.Ordinal) ? lines[lines.Length - 1] : lines[0];
        return BoundedText.Cut(line.Trim(), 1000);
    }
}
