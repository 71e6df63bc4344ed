#if !NET8_0_OR_GREATER
using System.Net;

namespace ApiTools.Http;

/// <summary>
/// The versions of TLS that this process offers. Windows PowerShell was built for .NET Framework 4.0, so that on many a machine it offers TLS 1.0 and
/// SSL 3 alone, which no service speaks any more; see "TLS best practices with the .NET Framework".
/// </summary>
internal static class SecurityVersions
{
    // .NET Framework's names; .NET Standard 2.0 has not all of them.
    private const SecurityProtocolType SystemDefault = 0;
    private const SecurityProtocolType Tls12 = (SecurityProtocolType)0xc00;
    private const SecurityProtocolType Tls13 = (SecurityProtocolType)0x3000;

    /// <summary>Adds TLS 1.2 where this process does not offer it; takes nothing away.</summary>
    public static void Allow() => ServicePointManager.SecurityProtocol = With12(ServicePointManager.SecurityProtocol);

    /// <summary>These versions and TLS 1.2; the same where the system chooses, which knows best, or where TLS 1.2 or later is among them.</summary>
    public static SecurityProtocolType With12(SecurityProtocolType versions) =>
        versions == SystemDefault || (versions & (Tls12 | Tls13)) != 0 ? versions : versions | Tls12;
}
#endif
