namespace ApiTools.Errors;

/// <summary>What goes wrong below HTTP.</summary>
internal enum NetworkFault
{
    /// <summary>Nothing that is known by name.</summary>
    Broken,

    NameUnknown,

    NameServerSilent,

    Refused,

    Closed,

    NoRoute,

    ConnectTimeout,

    Timeout,

    CertificateExpired,

    CertificateNotYetValid,

    CertificateOfAnotherHost,

    CertificateOfUnknownIssuer,

    CertificateRevoked,

    CertificateInvalid,

    NotTls,

    TlsVersion,

    TlsFailed,

    NotHttp,

    HeadersTooLarge,

    ProxyWantsPassword,

    ProxyRefuses,

    Ended,

    /// <summary>The answer began, and broke off before its end.</summary>
    Interrupted,

    /// <summary>An answer came whole, and is no JSON.</summary>
    NotJson,
}
