#if NET8_0_OR_GREATER
using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>Refuses what the system refuses, and says why in the certificate's own words. It accepts nothing that the system does not.</summary>
internal static class CertificateCheck
{
    private const int MaximumNames = 5;

    /// <summary>True where the system finds nothing wrong.</summary>
    /// <exception cref="CertificateException">It finds something.</exception>
    public static bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        bool accepted = errors == SslPolicyErrors.None;
        if (!accepted)
        {
            Refuse(certificate, chain, errors);
        }
        return accepted;
    }

    private static void Refuse(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            throw new CertificateException(NetworkFault.CertificateInvalid, "there is none");
        }
        using X509Certificate2 whole = new(certificate);
        X509ChainStatusFlags flags = X509ChainStatusFlags.NoError;
        foreach (X509ChainStatus status in chain?.ChainStatus ?? [])
        {
            flags |= status.Status;
        }
        throw Explain(whole, flags, errors);
    }

    private static CertificateException Explain(X509Certificate2 certificate, X509ChainStatusFlags flags, SslPolicyErrors errors)
    {
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid) && certificate.NotBefore.ToUniversalTime() > TimeProvider.System.GetUtcNow().UtcDateTime)
        {
            return new(NetworkFault.CertificateNotYetValid, "from " + Day(certificate.NotBefore));
        }
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid))
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
        string[] names = [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames())];
        return names.Length == 0
            ? certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)
            : string.Join(", ", names.Take(MaximumNames)) + (names.Length > MaximumNames ? ", ..." : string.Empty);
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
#endif
