namespace ApiTools.Errors;

/// <summary>What libraries and clients say of a failure below HTTP, as data: their exceptions carry no code, so here only words speak.</summary>
internal static class NetworkWords
{
    /// <summary>All of them; the more exact before the less.</summary>
    public static IReadOnlyList<NetworkWord> All { get; } =
    [
        // .NET names X509ChainStatusFlags and SslPolicyErrors in its message, which is never translated.
        new(".NET", "NotTimeValid", NetworkFault.CertificateExpired),
        new(".NET", "RemoteCertificateNameMismatch", NetworkFault.CertificateOfAnotherHost),
        new(".NET", "UntrustedRoot", NetworkFault.CertificateOfUnknownIssuer),
        new(".NET", "PartialChain", NetworkFault.CertificateOfUnknownIssuer),
        new(".NET", "Revoked", NetworkFault.CertificateRevoked),
        new(".NET", "Cannot determine the frame size", NetworkFault.NotTls),
        new(".NET", "RemoteCertificateChainErrors", NetworkFault.CertificateInvalid),
        new(".NET", "The remote certificate is invalid", NetworkFault.CertificateInvalid),
        new(".NET", "HttpClient.Timeout", NetworkFault.Timeout),
        new(".NET", "The operation has timed out", NetworkFault.Timeout),
        new(".NET", "remote name could not be resolved", NetworkFault.NameUnknown),
        new("Schannel", "do not possess a common algorithm", NetworkFault.TlsVersion),

        // Node's codes.
        new("Node", "ENOTFOUND", NetworkFault.NameUnknown),
        new("Node", "EAI_AGAIN", NetworkFault.NameServerSilent),
        new("Node", "ECONNREFUSED", NetworkFault.Refused),
        new("Node", "ECONNRESET", NetworkFault.Closed),
        new("Node", "UND_ERR_SOCKET", NetworkFault.Closed),
        new("Node", "EHOSTUNREACH", NetworkFault.NoRoute),
        new("Node", "ENETUNREACH", NetworkFault.NoRoute),
        new("Node", "UND_ERR_CONNECT_TIMEOUT", NetworkFault.ConnectTimeout),
        new("Node", "ETIMEDOUT", NetworkFault.ConnectTimeout),
        new("Node", "UND_ERR_HEADERS_TIMEOUT", NetworkFault.Timeout),
        new("Node", "CERT_HAS_EXPIRED", NetworkFault.CertificateExpired),
        new("Node", "ERR_TLS_CERT_ALTNAME_INVALID", NetworkFault.CertificateOfAnotherHost),
        new("Node", "SELF_SIGNED_CERT_IN_CHAIN", NetworkFault.CertificateOfUnknownIssuer),
        new("Node", "DEPTH_ZERO_SELF_SIGNED_CERT", NetworkFault.CertificateOfUnknownIssuer),
        new("Node", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", NetworkFault.CertificateOfUnknownIssuer),
        new("Node", "UNABLE_TO_GET_ISSUER_CERT", NetworkFault.CertificateOfUnknownIssuer),
        new("Node", "EPROTO", NetworkFault.NotTls),

        // OpenSSL's, which Python, curl and .NET on Linux pass on.
        new("OpenSSL", "certificate has expired", NetworkFault.CertificateExpired),
        new("OpenSSL", "certificate is not yet valid", NetworkFault.CertificateNotYetValid),
        new("OpenSSL", "Hostname mismatch", NetworkFault.CertificateOfAnotherHost),
        new("OpenSSL", "no alternative certificate subject name matches", NetworkFault.CertificateOfAnotherHost),
        new("OpenSSL", "self-signed certificate", NetworkFault.CertificateOfUnknownIssuer),
        new("OpenSSL", "self signed certificate", NetworkFault.CertificateOfUnknownIssuer),
        new("OpenSSL", "unable to get local issuer certificate", NetworkFault.CertificateOfUnknownIssuer),
        new("OpenSSL", "CERTIFICATE_VERIFY_FAILED", NetworkFault.CertificateInvalid),
        new("OpenSSL", "wrong version number", NetworkFault.NotTls),
        new("OpenSSL", "WRONG_VERSION_NUMBER", NetworkFault.NotTls),
        new("OpenSSL", "alert protocol version", NetworkFault.TlsVersion),
        new("OpenSSL", "TLSV1_ALERT_PROTOCOL_VERSION", NetworkFault.TlsVersion),
        new("OpenSSL", "unsupported protocol", NetworkFault.TlsVersion),

        // Python's socket, httpx and requests; the C library.
        new("Python", "Name or service not known", NetworkFault.NameUnknown),
        new("Python", "nodename nor servname provided", NetworkFault.NameUnknown),
        new("Python", "getaddrinfo failed", NetworkFault.NameUnknown),
        new("Python", "Temporary failure in name resolution", NetworkFault.NameServerSilent),
        new("Python", "407 Proxy Authentication Required", NetworkFault.ProxyWantsPassword),
        new("Python", "Connection refused", NetworkFault.Refused),
        new("Python", "actively refused it", NetworkFault.Refused),
        new("Python", "Connection reset by peer", NetworkFault.Closed),
        new("Python", "Server disconnected without sending a response", NetworkFault.Closed),
        new("Python", "Remote end closed connection without response", NetworkFault.Closed),
        new("Python", "Network is unreachable", NetworkFault.NoRoute),
        new("Python", "No route to host", NetworkFault.NoRoute),
        new("Python", "ConnectTimeout", NetworkFault.ConnectTimeout),
        new("Python", "ReadTimeout", NetworkFault.Timeout),

        // An answer that broke off: httpx, requests, aiohttp.
        new("Python", "peer closed connection without sending complete message body", NetworkFault.Interrupted),
        new("Python", "IncompleteRead(", NetworkFault.Interrupted),
        new("Python", "Response payload is not completed", NetworkFault.Interrupted),
        new(".NET", "additional bytes expected", NetworkFault.Interrupted),
        new("Node", "ERR_STREAM_PREMATURE_CLOSE", NetworkFault.Interrupted),
        new("curl", "curl: (18)", NetworkFault.Interrupted),

        // Go's, with which Ollama and many gateways are written; Java's.
        new("Go", "connect: connection refused", NetworkFault.Refused),
        new("Go", "no such host", NetworkFault.NameUnknown),
        new("Go", "server misbehaving", NetworkFault.NameServerSilent),
        new("Go", "connection reset by peer", NetworkFault.Closed),
        new("Go", "\": EOF", NetworkFault.Closed),
        new("Go", "unexpected EOF", NetworkFault.Interrupted),
        new("Go", "network is unreachable", NetworkFault.NoRoute),
        new("Go", "no route to host", NetworkFault.NoRoute),
        new("Go", "TLS handshake timeout", NetworkFault.Timeout),
        new("Go", "i/o timeout", NetworkFault.ConnectTimeout),
        new("Go", "context deadline exceeded", NetworkFault.Timeout),
        new("Go", "Client.Timeout exceeded", NetworkFault.Timeout),
        new("Go", "certificate signed by unknown authority", NetworkFault.CertificateOfUnknownIssuer),
        new("Go", "x509: certificate is valid for", NetworkFault.CertificateOfAnotherHost),
        new("Go", "first record does not look like a TLS handshake", NetworkFault.NotTls),
        new("Go", "server gave HTTP response to HTTPS client", NetworkFault.NotTls),
        new("Go", "malformed HTTP response", NetworkFault.NotHttp),
        new("Java", "UnknownHostException", NetworkFault.NameUnknown),
        new("Java", "PKIX path building failed", NetworkFault.CertificateOfUnknownIssuer),
        new("Java", "Connect timed out", NetworkFault.ConnectTimeout),
        new("Java", "Read timed out", NetworkFault.Timeout),

        // curl's own numbers.
        new("curl", "curl: (5)", NetworkFault.NameUnknown),
        new("curl", "curl: (6)", NetworkFault.NameUnknown),
        new("curl", "Could not resolve host", NetworkFault.NameUnknown),
        new("curl", "curl: (7)", NetworkFault.Refused),
        new("curl", "curl: (28)", NetworkFault.Timeout),
        new("curl", "curl: (35)", NetworkFault.TlsFailed),
        new("curl", "curl: (52)", NetworkFault.Closed),
        new("curl", "curl: (56)", NetworkFault.Closed),
        new("curl", "curl: (60)", NetworkFault.CertificateInvalid),

        // Nothing, or a page, where JSON was to be: at its first character, since further on it may be the model's own JSON that somebody reads.
        new("Python", "Expecting value: line 1 column 1 (char 0)", NetworkFault.NotJson),
        new("Node", "Unexpected token < in JSON at position 0", NetworkFault.NotJson),
        new("Node", "Unexpected token '<', \"<", NetworkFault.NotJson),
        new("Go", "invalid character '<' looking for beginning of value", NetworkFault.NotJson),
        new(".NET", "'<' is an invalid start of a value", NetworkFault.NotJson),
        new("PowerShell", "Unexpected character encountered while parsing value: <. Path '', line 0, position 0", NetworkFault.NotJson),

        // The SDKs' words where they say no more.
        new("SDKs", "APITimeoutError", NetworkFault.Timeout),
        new("SDKs", "APIConnectionTimeoutError", NetworkFault.Timeout),
        new("SDKs", "Request timed out.", NetworkFault.Timeout),
        new("SDKs", "APIConnectionError", NetworkFault.Broken),
    ];

    /// <summary>The first of them that a text holds; null for none.</summary>
    public static NetworkWord? Find(string text)
    {
        foreach (NetworkWord word in All)
        {
            if (text.IndexOf(word.Words, StringComparison.Ordinal) >= 0)
            {
                return word;
            }
        }
        return null;
    }
}
