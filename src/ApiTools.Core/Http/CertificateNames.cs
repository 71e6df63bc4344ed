using System.Security.Cryptography.X509Certificates;
#if !NET8_0_OR_GREATER
using System.Text;
#endif

namespace ApiTools.Http;

/// <summary>The hosts that a certificate is for, by its extension "subject alternative name" (RFC 5280, 4.2.1.6).</summary>
internal static class CertificateNames
{
#if NET8_0_OR_GREATER
    /// <summary>Their names; none where it has none.</summary>
    public static IEnumerable<string> Of(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames());
#else
    private const string Extension = "2.5.29.17";

    // DER: a tag, a length, a value. GeneralNames is a sequence, and a dNSName has the tag [2].
    private const byte Sequence = 0x30;
    private const byte DnsName = 0x82;

    /// <summary>Their names; none where it has none, or where it cannot be read.</summary>
    public static IEnumerable<string> Of(X509Certificate2 certificate) =>
        certificate.Extensions.Cast<X509Extension>().Where(extension => extension.Oid?.Value == Extension).SelectMany(extension => Read(extension.RawData));

    private static List<string> Read(byte[] der)
    {
        List<string> names = [];
        int at = 0;
        if (TryRead(der, ref at, out byte outer, out _) && outer == Sequence)
        {
            while (TryRead(der, ref at, out byte tag, out int length))
            {
                if (tag == DnsName)
                {
                    names.Add(Encoding.ASCII.GetString(der, at, length));
                }
                at += length;
            }
        }
        return names;
    }

    // X.690, 8.1.3: a length below 128 is a byte; one above has so many bytes of its own, of which two are enough here.
    private static bool TryRead(byte[] der, ref int at, out byte tag, out int length)
    {
        tag = 0;
        length = 0;
        if (at + 2 > der.Length)
        {
            return false;
        }
        tag = der[at++];
        length = der[at++];
        if (length >= 0x80)
        {
            int bytes = length & 0x7f;
            if (bytes is 0 or > 2 || at + bytes > der.Length)
            {
                return false;
            }
            length = 0;
            for (int i = 0; i < bytes; i++)
            {
                length = (length << 8) | der[at++];
            }
        }
        return at + length <= der.Length;
    }
#endif
}
