using System.Net.Sockets;
using System.Security.Authentication;
using ApiTools.Resolution;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Resolution;

public sealed class ErrorResolverTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Text, code, status, basis, source, dialect, host, next command.</summary>
    public static TheoryData<string, string, int?, ErrorBasis, string, string?, string?, string> Texts { get; } = new()
    {
        {
            "HTTP/2 429 \r\nretry-after: 30\r\nx-request-id: req_1\r\ncontent-type: application/json\r\n\r\n{\"error\":{\"message\":\"Slow down\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}",
            "rate_limit_exceeded", 429, ErrorBasis.Code, "HTTP text", "OpenAI", null, "Start-Sleep -Seconds 30"
        },
        {
            "HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 302 Found\r\nLocation: https://x\r\n\r\n<html>moved</html>\r\nHTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\n\r\n{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid x-api-key\"}}",
            "invalid_api_key", 401, ErrorBasis.Status, "HTTP text", "Anthropic", null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test"
        },
        {
            "* Trying 1.2.3.4\n> POST /v1/chat/completions HTTP/1.1\n> Host: api.example.com\n> \n< HTTP/1.1 404 Not Found\n< Content-Type: application/json\n< \n{\"error\":{\"message\":\"The model `gpt-9` does not exist\",\"type\":\"invalid_request_error\",\"code\":\"model_not_found\"}}\n* Connection #0 left intact",
            "model_not_supported", 404, ErrorBasis.Code, "HTTP text", "OpenAI", "api.example.com", "Get-ApiModel"
        },
        {
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n",
            "connection_failed", 407, ErrorBasis.Status, "HTTP text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test"
        },
        {
            "Traceback (most recent call last):\n  File \"x.py\", line 5, in <module>\n    r = client.chat.completions.create(\nopenai.RateLimitError: Error code: 429 - {'error': {'message': \"Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 2s.\", 'type': 'tokens', 'param': None, 'code': 'rate_limit_exceeded'}}",
            "rate_limit_exceeded", 429, ErrorBasis.Code, "Python traceback", "OpenAI", null, "Start-Sleep -Seconds 2"
        },
        {
            "openai.BadRequestError: Error code: 400 - {'object': 'error', 'message': 'max_tokens must be at least 1, got -186.', 'type': 'BadRequestError', 'param': None, 'code': 400}",
            "invalid_value", 400, ErrorBasis.Status, "Python traceback", "vLLM, SGLang", null, "Test-ApiRequest -Path *.json"
        },
        {
            "RateLimitError: 429 You exceeded your current quota, please check your plan and billing details.\n    at APIError.generate (file:///x/openai/error.mjs:59:20)\n    at async main (file:///x/main.js:3:1) {\n  status: 429,\n  headers: Headers {\n    'x-request-id': 'req_node',\n    'retry-after': '7'\n  },\n  request_id: 'req_node',\n  error: {\n    message: 'You exceeded your current quota, ' +\n      'please check your plan and billing details.',\n    type: 'insufficient_quota',\n    param: null,\n    code: 'insufficient_quota'\n  },\n  code: 'insufficient_quota',\n  param: null,\n  type: 'insufficient_quota'\n}",
            "insufficient_quota", 429, ErrorBasis.Code, "Node error", "OpenAI", null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test"
        },
        {
            "Error: 400 {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 208310 tokens > 200000 maximum\"},\"request_id\":\"req_011\"}",
            "context_length_exceeded", 400, ErrorBasis.Words, "text", "Anthropic", null, "Repair-ApiRequest -Path *.json -FitContext DropOldest"
        },
        {
            "2025-01-01 12:00:01 ERROR call failed: HTTP 503 {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}",
            "service_unavailable", 503, ErrorBasis.Status, "text", "OpenAI", null, "Start-Sleep -Seconds 10"
        },
        {
            "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"gen_ai.request.model\":\"gpt-9-mini\",\"server.address\":\"api.example.com\",\"server.port\":8443,\"http.response.status_code\":404,\"error.type\":\"model_not_supported\",\"error.message\":\"The model does not exist\",\"apitools.request_id\":\"req_log\"}",
            "model_not_supported", 404, ErrorBasis.Code, "line of a log", null, "api.example.com:8443", "Get-ApiModel 'gpt*'"
        },
        {
            "{\"level\":\"error\",\"time\":1,\"msg\":\"request failed: status code 401 {\\\"error\\\":{\\\"message\\\":\\\"bad key\\\",\\\"code\\\":\\\"invalid_api_key\\\"}}\"}",
            "invalid_api_key", 401, ErrorBasis.Code, "line of a log", "OpenAI", null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test"
        },
        {
            "{\"error\":{\"message\":\"m\",\"type\":\"invalid_request_error\",\"param\":\"n\",\"code\":\"invalid_value\"}}",
            "invalid_value", 400, ErrorBasis.Code, "body", "OpenAI", null, "Test-ApiRequest -Path *.json"
        },
        {
            "requests.exceptions.HTTPError: 429 Client Error: Too Many Requests for url: https://api.openai.com/v1/completions",
            "rate_limit_exceeded", 429, ErrorBasis.Status, "text", null, "api.openai.com", "Start-Sleep -Seconds 10"
        },
        {
            "Response status code does not indicate success: 401 (Unauthorized).",
            "invalid_api_key", 401, ErrorBasis.Status, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test"
        },
        { "AxiosError: Request failed with status code 502", "service_unavailable", 502, ErrorBasis.Status, "text", null, null, "Start-Sleep -Seconds 10" },
        { "curl: (6) Could not resolve host: api.exmaple.com", "connection_failed", null, ErrorBasis.Exception, "text", null, "api.exmaple.com", "Connect-ApiService -BaseUri 'https://api.exmaple.com/v1' -Test" },
        { "Error: connect ECONNREFUSED 127.0.0.1:1234\n    at TCPConnectWrap.afterConnect", "connection_failed", null, ErrorBasis.Exception, "Node error", null, "127.0.0.1:1234", "Connect-ApiService -BaseUri 'http://127.0.0.1:1234/v1' -Test" },
        {
            "httpx.ConnectError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain (_ssl.c:1000)",
            "connection_failed", null, ErrorBasis.Exception, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test"
        },
        { "openai.APITimeoutError: Request timed out.", "timeout", null, ErrorBasis.Exception, "text", null, null, "Start-Sleep -Seconds 10" },
        // continuedev/continue#10218: the message alone, behind the status.
        {
            "413 Request too large for model `llama-3.3-70b-versatile` in organization `org_x` service tier `on_demand` on tokens per minute (TPM): Limit 12000, Requested 14137, please reduce your message size and try again.",
            "rate_limit_exceeded", 413, ErrorBasis.Words, "text", null, null, "Measure-ApiTokens -Path *.json"
        },
        // elizaOS/eliza#4040: the message alone, without a status.
        {
            "RetryError [AI_RetryError]: Failed after 3 attempts. Last error: Rate limit reached for model `llama-3.1-8b-instant` on tokens per minute (TPM): Limit 6000, Used 5034, Requested 1443. Please try again in 4.77s. Upgrade at https://console.groq.com/settings/billing\n    at _retryWithExponentialBackoff (file:///ai/dist/index.mjs:283:13)",
            "rate_limit_exceeded", 429, ErrorBasis.Status, "Node error", "Groq", null, "Start-Sleep -Seconds 5"
        },
        // webtimemachine/wtm2#579, lmstudio-ai/lmstudio-bug-tracker#546, opendatalab/MinerU#4868.
        {
            "Error: 400 This model's maximum context length is 128000 tokens. However, your messages resulted in 204308 tokens. Please reduce the length of the messages.",
            "context_length_exceeded", 400, ErrorBasis.Words, "text", null, null, "Repair-ApiRequest -Path *.json -FitContext DropOldest"
        },
        {
            "2025-03-24 18:30:59 [ERROR]\nTrying to keep the first 111490 tokens when context the overflows. However, the model is loaded with context length of only 32768 tokens, which is not enough.",
            "context_length_exceeded", 400, ErrorBasis.Words, "text", "LM Studio", null, "Repair-ApiRequest -Path *.json -FitContext DropOldest"
        },
        {
            "(APIServer pid=1) ERROR 04-28 14:17:50 [serving_chat.py:257] ValueError: 'max_tokens' or 'max_completion_tokens' is too large: 8192. This model's maximum context length is 8192 tokens and your request has 1210 input tokens (8192 > 8192 - 1210).",
            "context_length_exceeded", 400, ErrorBasis.Words, "text", null, null, "Repair-ApiRequest -Path *.json -FitContext DropOldest"
        },
        // minorun365/agent-book#29, anthropics/claude-code#1466: boto3.
        {
            "botocore.errorfactory.ThrottlingException: An error occurred (ThrottlingException) when calling the Converse operation (reached max retries: 4): Too many tokens per day, please wait before trying again.",
            "rate_limit_exceeded", 429, ErrorBasis.Type, "text", "AWS", null, "Start-Sleep -Seconds 10"
        },
        {
            "An error occurred (ValidationException) when calling the InvokeModel operation: Invocation of model ID anthropic.claude-sonnet-4-20250514-v1:0 with on-demand throughput isn’t supported.",
            "model_not_supported", 400, ErrorBasis.Words, "text", "AWS", null, "Get-ApiModel"
        },
        // RooCodeInc/Roo-Code#5050: AWS' SDK for JavaScript.
        {
            "message: Too many tokens, please wait before trying again.\nname: ThrottlingException\n$metadata: {\"httpStatusCode\":429,\"requestId\":\"158a2e26-c851-4440-9f98-e3065df1de46\"}",
            "rate_limit_exceeded", 429, ErrorBasis.Status, "text", null, null, "Start-Sleep -Seconds 10"
        },
        // RooCodeInc/Roo-Code#1694: the status stands behind a word of the tool's own.
        {
            "Error in stream_response: 400: API error: {\"error\":{\"message\":\"prompt token count of 132354 exceeds the limit of 128000\",\"code\":\"model_max_prompt_tokens_exceeded\"}}",
            "context_length_exceeded", 400, ErrorBasis.Code, "text", "GitHub Copilot", null, "Repair-ApiRequest -Path *.json -FitContext DropOldest"
        },
        // cohere-ai/cohere-toolkit#857: a body of a message alone, behind its status.
        { "cohere.errors.unauthorized_error.UnauthorizedError: status_code: 401, body: {'message': 'invalid api token'}", "invalid_api_key", 401, ErrorBasis.Status, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        // anomalyco/opencode#32051, #18552, cloudflare/workers-sdk PR 4522: the status in words, and at the end.
        { "Unauthorized: {\"result\":null,\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"Authentication error\"}],\"messages\":[]}", "invalid_api_key", 401, ErrorBasis.Status, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "Not Found: {\"result\":null,\"success\":false,\"errors\":[{\"code\":7003,\"message\":\"Could not route to /ai/v1/chat/completions\"}],\"messages\":[]}", "http_404", 404, ErrorBasis.Status, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "InferenceUpstreamError: {\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"Authentication error\"}]}\n      at InferenceSession.run (file:///x/index.js:1:13) {\n    httpCode: 403", "http_403", 403, ErrorBasis.Status, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        // Go's, Java's and .NET's words for what is below HTTP, with the host in them.
        { "Error: Post \"http://127.0.0.1:11434/api/chat\": dial tcp 127.0.0.1:11434: connect: connection refused", "connection_failed", null, ErrorBasis.Exception, "text", null, "127.0.0.1:11434", "Connect-ApiService -BaseUri 'http://127.0.0.1:11434/v1' -Test" },
        { "Post \"https://api.exmaple.com/v1/chat/completions\": dial tcp: lookup api.exmaple.com: no such host", "connection_failed", null, ErrorBasis.Exception, "text", null, "api.exmaple.com", "Connect-ApiService -BaseUri 'https://api.exmaple.com/v1' -Test" },
        { "Invoke-RestMethod: Name or service not known (api.exmaple.com:443)", "connection_failed", null, ErrorBasis.Exception, "text", null, "api.exmaple.com:443", "Connect-ApiService -BaseUri 'https://api.exmaple.com:443/v1' -Test" },
        { "javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path to requested target", "connection_failed", null, ErrorBasis.Exception, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "httpx.RemoteProtocolError: peer closed connection without sending complete message body (incomplete chunked read)", "stream_interrupted", null, ErrorBasis.Exception, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "requests.exceptions.ChunkedEncodingError: ('Connection broken: IncompleteRead(0 bytes read, 512 more expected)', IncompleteRead(0 bytes read, 512 more expected))", "stream_interrupted", null, ErrorBasis.Exception, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "aiohttp.client_exceptions.ClientPayloadError: Response payload is not completed", "stream_interrupted", null, ErrorBasis.Exception, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "The response ended prematurely, with at least 995 additional bytes expected. (ResponseEnded)", "stream_interrupted", null, ErrorBasis.Exception, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "curl: (18) transfer closed with outstanding read data remaining", "stream_interrupted", null, ErrorBasis.Exception, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "Post \"http://127.0.0.1:11434/api/chat\": unexpected EOF", "stream_interrupted", null, ErrorBasis.Exception, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        // Nothing, or a page, where JSON was to be.
        { "Traceback (most recent call last):\n  File \"x.py\", line 9, in <module>\n    data = r.json()\njson.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)", "invalid_response", null, ErrorBasis.Exception, "Python traceback", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)", "invalid_response", null, ErrorBasis.Exception, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "SyntaxError: Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON", "invalid_response", null, ErrorBasis.Exception, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "SyntaxError: Unexpected token < in JSON at position 0", "invalid_response", null, ErrorBasis.Exception, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "invalid character '<' looking for beginning of value", "invalid_response", null, ErrorBasis.Exception, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "'<' is an invalid start of a value. Path: $ | LineNumber: 0 | BytePositionInLine: 0.", "invalid_response", null, ErrorBasis.Exception, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "ConvertFrom-Json: Conversion from JSON failed with error: Unexpected character encountered while parsing value: <. Path '', line 0, position 0.", "invalid_response", null, ErrorBasis.Exception, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing.", "timeout", null, ErrorBasis.Exception, "text", null, null, "Start-Sleep -Seconds 10" },
        // A byte order mark before it.
        { "\ufeffHTTP/1.1 429 Too Many Requests\r\nretry-after: 7\r\n\r\n{\"error\":{\"message\":\"m\",\"code\":\"rate_limit_exceeded\"}}", "rate_limit_exceeded", 429, ErrorBasis.Code, "HTTP text", "OpenAI", null, "Start-Sleep -Seconds 7" },
        // A code of the service's own, and nothing that says a status.
        { "it said {\"error\":{\"message\":\"m\",\"code\":\"a_code_of_its_own\"}}", "a_code_of_its_own", null, ErrorBasis.Code, "text", "OpenAI", null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
        { "openai.AuthenticationError: no body", "invalid_api_key", 401, ErrorBasis.Status, "text", null, null, "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_of_another_tool_becomes_the_catalogues_answer(
        string text, string code, int? status, ErrorBasis basis, string source, string? dialect, string? host, string nextCommand)
    {
        ResolvedApiError resolved = ErrorResolver.Resolve(text, Time)!;

        Assert.Equal((code, status, basis, source, dialect, host, nextCommand), (resolved.Code, resolved.Status, resolved.Basis, resolved.Source, resolved.Dialect, resolved.Host, resolved.NextCommand));
        Assert.Equal(ApiTools.Errors.ApiErrorCatalog.Classify(code, status).Solution, resolved.Solution);
    }

    [Fact]
    public void An_answer_that_broke_off_or_is_no_JSON_is_told_in_the_words_of_who_met_it()
    {
        Assert.Equal(
            "The answer of 'the service' broke off before its end: httpx.RemoteProtocolError: peer closed connection without sending complete message body (incomplete chunked read)",
            ErrorResolver.Resolve("httpx.RemoteProtocolError: peer closed connection without sending complete message body (incomplete chunked read)", Time)!.Message);
        Assert.Equal(
            "'the service' answered with something that is no JSON (json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)). Check that the address is that of an API, and whether a proxy answers in its place.",
            ErrorResolver.Resolve("json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)", Time)!.Message);
        // Of JSON that a model wrote into its answer nothing is known here.
        Assert.Null(ErrorResolver.Resolve("json.decoder.JSONDecodeError: Expecting ',' delimiter: line 1 column 40 (char 39)", Time));
    }

    [Theory]
    [InlineData("")]
    [InlineData("all is well")]
    [InlineData("{\"id\":\"chatcmpl-1\",\"choices\":[]}")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n{\"id\":\"x\"}")]
    [InlineData("{\"level\":\"info\",\"message\":\"started\",\"code\":0}")]
    [InlineData("user: {\"message\":\"how are you\",\"role\":\"user\"}")]
    [InlineData("He wrote: the Rate limit reached for me")]
    [InlineData("{\"timestamp\":\"x\",\"gen_ai.request.model\":\"m\",\"http.response.status_code\":200}")]
    public void What_tells_of_no_failure_is_none(string text) => Assert.Null(ErrorResolver.Resolve(text, Time));

    [Fact]
    public void The_numbers_and_ids_in_a_text_are_found()
    {
        ResolvedApiError limit = ErrorResolver.Resolve((string)Texts.ElementAt(4)[0], Time)!;
        Assert.Equal(("tokens", 60.0, 30000L, 29000L, 2000L), (limit.Limit!.Kind, limit.Limit.Window!.Value.TotalSeconds, limit.Limit.Limit, limit.Limit.Used, limit.Limit.Requested));
        Assert.Equal("2000 requested of 30000 tokens a minute, 29000 used", limit.Limit.ToString());

        ResolvedApiError node = ErrorResolver.Resolve((string)Texts.ElementAt(6)[0], Time)!;
        Assert.Equal(("req_node", "You exceeded your current quota, please check your plan and billing details."), (node.RequestId, node.Message));

        ResolvedApiError length = ErrorResolver.Resolve((string)Texts.ElementAt(7)[0], Time)!;
        Assert.Equal((8310, "req_011", ErrorConfidence.Low), (length.ContextLength!.Over, length.RequestId, length.Confidence));

        ResolvedApiError log = ErrorResolver.Resolve((string)Texts.ElementAt(9)[0], Time)!;
        Assert.Equal(("gpt-9-mini", "req_log", ErrorConfidence.High), (log.Model, log.RequestId, log.Confidence));
    }

    [Theory]
    [InlineData("3600", "Start-Sleep -Seconds 3600")]
    [InlineData("3601", "(Get-Date).AddSeconds(3601)")]
    public void A_wait_that_nobody_sits_through_is_told_as_a_time(string retryAfter, string command) =>
        Assert.Equal(command, ErrorResolver.Resolve($"HTTP/1.1 429 Too Many Requests\r\nretry-after: {retryAfter}\r\n\r\n", Time)!.NextCommand);

    [Fact]
    public void The_numbers_and_the_id_of_a_message_that_stands_alone_are_found()
    {
        ResolvedApiError large = ErrorResolver.Resolve("413 Request too large for model `m` in organization `o` on tokens per minute (TPM): Limit 12000, Requested 14137, please reduce", Time)!;
        Assert.Equal((12000L, 14137L, RetryAdvice.Never, ErrorConfidence.Low), (large.Limit!.Limit, large.Limit.Requested, large.Retry, large.Confidence));
        ResolvedApiError limit = ErrorResolver.Resolve("Last error: Rate limit reached for model `m` on tokens per minute (TPM): Limit 6000, Used 5034, Requested 1443. Please try again in 4.77s.", Time)!;
        Assert.Equal((4.77, 1443L, RetryAdvice.Backoff), (limit.RetryAfter!.Value.TotalSeconds, limit.Limit!.Requested, limit.Retry));
        ResolvedApiError length = ErrorResolver.Resolve("Error: 400 This model's maximum context length is 128000 tokens. However, your messages resulted in 204308 tokens.", Time)!;
        Assert.Equal(76308, length.ContextLength!.Over);
        ResolvedApiError aws = ErrorResolver.Resolve("message: Too many tokens\nname: ThrottlingException\n$metadata: {\"httpStatusCode\":429,\"requestId\":\"158a2e26-c851-4440-9f98-e3065df1de46\"}", Time)!;
        Assert.Equal("158a2e26-c851-4440-9f98-e3065df1de46", aws.RequestId);
        ResolvedApiError relay = ErrorResolver.Resolve("exceeded retry limit, last status: 429 Too Many Requests, request id: cd0cb454-5912-491c-aafc-0531bb9689ca", Time)!;
        Assert.Equal("cd0cb454-5912-491c-aafc-0531bb9689ca", relay.RequestId);
    }

    [Fact]
    public void Exceptions_of_the_system_become_what_they_mean()
    {
        (Exception Exception, string Code, string Begins)[] cases =
        [
            (new HttpRequestException("x", new SocketException((int)SocketError.HostNotFound)), "connection_failed", "There is no host 'the service'"),
            (new SocketException((int)SocketError.ConnectionRefused), "connection_failed", "'the service' refuses connections"),
            (new HttpRequestException("x", new AuthenticationException("The remote certificate is invalid because of errors in the certificate chain: NotTimeValid")), "connection_failed", "The certificate of 'the service' has expired"),
            (new HttpRequestException("x", new AuthenticationException("The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch")), "connection_failed", "The certificate of 'the service' is not for that host"),
            (new TaskCanceledException("x", new TimeoutException("y")), "timeout", "'the service' did not answer in time"),
            (new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing."), "timeout", "'the service' did not answer in time"),
            (new AggregateException(new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused))), "connection_failed", "'the service' refuses connections"),
            (new HttpRequestException("Connection refused (127.0.0.1:9)", new SocketException((int)SocketError.ConnectionRefused)), "connection_failed", "'127.0.0.1:9' refuses connections"),
            (new System.Net.WebException("The remote name could not be resolved: 'api.x.com'", System.Net.WebExceptionStatus.NameResolutionFailure), "connection_failed", "There is no host 'api.x.com'"),
            (new TaskCanceledException("stopped"), "cancelled", "stopped"),
            (new InvalidOperationException("wrapped", new HttpRequestException("The proxy tunnel request to proxy 'http://p:8080/' failed with status code '407'.")), "connection_failed", "The proxy before 'the service' wants a name and a password (407)"),
        ];
        Assert.All(cases, one =>
        {
            ResolvedApiError resolved = ErrorResolver.Resolve(one.Exception, "exception", null, Time)!;
            Assert.Equal(one.Code, resolved.Code);
            Assert.StartsWith(one.Begins, resolved.Message, StringComparison.Ordinal);
        });
        Assert.Null(ErrorResolver.Resolve(new InvalidOperationException("a bug"), "exception", null, Time));
    }

#if NET
    [PowerShell7Fact("an HttpRequestException has no status there")]
    public void The_status_of_an_HttpRequestException_is_its_code() =>
        Assert.Equal("http_403", ErrorResolver.Resolve(new HttpRequestException("no", null, System.Net.HttpStatusCode.Forbidden), "exception", null, Time)!.Code);
#endif

    [Fact]
    public void No_text_makes_anything_but_an_answer_or_none()
    {
        string[] pieces =
        [
            "HTTP/1.1 429\r\n", "HTTP/2 500\n", "< HTTP/1.1 404 X\n", "\r\n\r\n", "\n", "{", "}", "[", "]", "(", "'", "\"", "\\", "`", ": ", ",", "error", "'error': ", "\"error\":", "message", "Error code: 429 - ",
            "RateLimitError: 429 ", "status: ", "status code 500", "None", "True", "undefined", "Headers {", "[Object]", "b'", "u'", "\\x4", "\\u12", "+ ", "=>", "code", "detail", "curl: (6) ", "ECONNREFUSED 1:2", "\u001b[2J",
            "\0", "é", "litellm.", "Traceback (most recent call last)", "{\"error.type\":\"x\"}", "http.response.status_code", "999999999999999999999", "retry-after: 1e999", "try again in 9999999999h",
        ];
        Gen<string> texts = Gen.Elements(pieces).ListOf().Select(list => string.Concat(list));

        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            if (ErrorResolver.Resolve(text, Time) is ResolvedApiError resolved)
            {
                Assert.Matches("^[A-Za-z0-9_.-]{1,64}$", resolved.Code);
                Assert.NotEmpty(resolved.NextCommand);
                Assert.NotEmpty(resolved.Solution);
                Assert.InRange(resolved.Message.Length, 1, 8192);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(30));
    }

    [Fact]
    public void Hostile_text_takes_a_moment()
    {
        string[] hostile =
        [
            new string('{', 200_000), string.Concat(Enumerable.Repeat("{'a': ", 100_000)), string.Concat(Enumerable.Repeat("HTTP/1.1 429 X\n", 50_000)), string.Concat(Enumerable.Repeat("'x' + ", 100_000)),
            string.Concat(Enumerable.Repeat("https://a", 100_000)), new string('(', 500_000), "{" + string.Concat(Enumerable.Repeat("a:{},", 100_000)),
        ];
        Assert.All(hostile, text =>
        {
            System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
            ErrorResolver.Resolve(text, Time);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{text[..20]}: {watch.ElapsedMilliseconds} ms");
        });
    }
}
