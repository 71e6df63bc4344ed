namespace ApiTools.Errors;

/// <summary>The forms that an error body has. A sentence is believed only in those of the service that writes it (<see cref="ServiceSentences"/>).</summary>
[Flags]
internal enum ErrorForms
{
    None = 0,

    /// <summary>OpenAI's: <c>{"error":{"message":...}}</c>.</summary>
    Object = 1,

    /// <summary><c>{"error":"..."}</c>: Ollama, TGI, LM Studio, xAI.</summary>
    Bare = 2,

    /// <summary>Anthropic's: <c>{"type":"error","error":{...}}</c>.</summary>
    Typed = 4,

    /// <summary>Google's: an <c>error</c> whose <c>status</c> is in words.</summary>
    Google = 8,

    /// <summary><c>{"message":...}</c> with nothing around it: vLLM, SGLang, Cohere, AWS, API Management.</summary>
    Flat = 16,

    /// <summary><c>{"detail":...}</c>: FastAPI; problem details (RFC 9457).</summary>
    Detail = 32,

    /// <summary>Any of them.</summary>
    Any = Object | Bare | Typed | Google | Flat | Detail,
}
