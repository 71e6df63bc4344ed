using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>Refuses what the system refuses, and says why in the certificate's own words. It accepts nothing that the system does not.</summary>
internal static class CertificateCheck
{
    private const int MaximumNames = 5;

#if NET8_0_OR_GREATER
    /// <summary>True where the system finds nothing wrong.</summary>
    /// <exception cref="CertificateException">It finds something.</exception>
    public static bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None ? true : throw Refuse(certificate, chain, errors);
#else
    private const string RefusalKey = "ApiTools.CertificateRefusal";

    /// <summary>True where the system finds nothing wrong. What it finds stays with the request: .NET Framework loses what is thrown here.</summary>
    public static bool Accept(HttpRequestMessage request, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.None)
        {
            request.Properties[RefusalKey] = Refuse(certificate, chain, errors);
        }
        return errors == SslPolicyErrors.None;
    }

    /// <summary>Why the certificate was refused that this request met; null where none was.</summary>
    public static CertificateException? Refusal(HttpRequestMessage request) =>
        request.Properties.TryGetValue(RefusalKey, out object? refusal) ? refusal as CertificateException : null;
#endif

    private static CertificateException Refuse(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return new CertificateException(NetworkFault.CertificateInvalid, "there is none");
        }
        using X509Certificate2 whole = new(certificate);
        X509ChainStatusFlags flags = X509ChainStatusFlags.NoError;
        foreach (X509ChainStatus status in chain?.ChainStatus ?? [])
        {
            flags |= status.Status;
        }
        return Explain(whole, flags, errors);
    }

    private static CertificateException Explain(X509Certificate2 certificate, X509ChainStatusFlags flags, SslPolicyErrors errors)
    {
        // Not every system's flags name the time; the certificate itself does.
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        if (certificate.NotBefore.ToUniversalTime() > now)
        {
            return new(NetworkFault.CertificateNotYetValid, "from " + Day(certificate.NotBefore));
        }
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid) || certificate.NotAfter.ToUniversalTime() < now)
        {
            return new(NetworkFault.CertificateExpired, "on " + Day(certificate.NotAfter));
        }
        if (flags.HasFlag(X509ChainStatusFlags.Revoked))
        {
            return new(NetworkFault.CertificateRevoked, certificate.Subject);
        }
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return new(NetworkFault.CertificateOfAnotherHost, "it is for " + Names(certificate));
        }
        return (flags & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0
            ? new(NetworkFault.CertificateOfUnknownIssuer, certificate.Issuer)
            : new(NetworkFault.CertificateInvalid, flags.ToString());
    }

    private static string Names(X509Certificate2 certificate)
    {
        string[] names = [.. CertificateNames.Of(certificate)];
        return names.Length == 0
            ? certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)
            : string.Join(", ", names.Take(MaximumNames)) + (names.Length > MaximumNames ? ", ..." : string.Empty);
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
