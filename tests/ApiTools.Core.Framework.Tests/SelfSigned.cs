using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ApiTools.Core.Tests;

/// <summary>A certificate of a test's own making (RFC 5280, 4.1), written in DER: Mono lacks CertificateRequest.</summary>
internal static class SelfSigned
{
    private const string Password = "x";

    private static readonly byte[] Null = [0x05, 0x00];

    public static X509Certificate2 Create(string name, DateTimeOffset from, DateTimeOffset until)
    {
        RSACryptoServiceProvider key = new(2048);
        byte[] algorithm = Sequence(ObjectId(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b), Null);
        byte[] subject = Sequence(Value(0x31, Sequence(ObjectId(0x55, 0x04, 0x03), Value(0x0c, Encoding.UTF8.GetBytes(name)))));
        byte[] alternative = IPAddress.TryParse(name, out IPAddress? address) ? Value(0x87, address.GetAddressBytes()) : Value(0x82, Encoding.ASCII.GetBytes(name));
        byte[] extension = Sequence(ObjectId(0x55, 0x1d, 0x11), Value(0x04, Sequence(alternative)));
        byte[] body = Sequence(
            Value(0xa0, Value(0x02, [0x02])),
            Value(0x02, [0x01]),
            algorithm,
            subject,
            Sequence(Time(from), Time(until)),
            subject,
            PublicKey(key.ExportParameters(includePrivateParameters: false)),
            Value(0xa3, Sequence(extension)));
        byte[] signature = key.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        byte[] certificate = Sequence(body, algorithm, Bits(signature));
        return Type.GetType("Mono.Runtime") is null ? new X509Certificate2(certificate) { PrivateKey = key } : WithKeyOnMono(certificate, key);
    }

    // Mono lets no certificate be given a key, and has a writer of PFX files of its own.
    private static X509Certificate2 WithKeyOnMono(byte[] certificate, RSA key)
    {
        Assembly security = Assembly.Load("Mono.Security, Version=4.0.0.0, Culture=neutral, PublicKeyToken=0738eb9f132ed756");
        object file = Activator.CreateInstance(security.GetType("Mono.Security.X509.PKCS12", throwOnError: true)!)!;
        file.GetType().GetProperty("Password")!.SetValue(file, Password);
        object made = Activator.CreateInstance(security.GetType("Mono.Security.X509.X509Certificate", throwOnError: true)!, certificate)!;
        file.GetType().GetMethod("AddCertificate", [made.GetType()])!.Invoke(file, [made]);
        file.GetType().GetMethod("AddPkcs8ShroudedKeyBag", [typeof(AsymmetricAlgorithm)])!.Invoke(file, [key]);
        return new X509Certificate2((byte[])file.GetType().GetMethod("GetBytes", Type.EmptyTypes)!.Invoke(file, null)!, Password);
    }

    private static byte[] PublicKey(RSAParameters key) => Sequence(
        Sequence(ObjectId(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01), Null), Bits(Sequence(Number(key.Modulus!), Number(key.Exponent!))));

    // A number is signed: one whose first bit is set gets a zero before it.
    private static byte[] Number(byte[] bytes) => Value(0x02, bytes[0] < 0x80 ? bytes : [0, .. bytes]);

    private static byte[] Bits(byte[] bytes) => Value(0x03, [0, .. bytes]);

    private static byte[] Time(DateTimeOffset time) =>
        Value(0x18, Encoding.ASCII.GetBytes(time.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture)));

    private static byte[] ObjectId(params byte[] bytes) => Value(0x06, bytes);

    private static byte[] Sequence(params byte[][] values) => Value(0x30, [.. values.SelectMany(value => value)]);

    private static byte[] Value(byte tag, byte[] bytes) => bytes.Length switch
    {
        < 0x80 => [tag, (byte)bytes.Length, .. bytes],
        < 0x100 => [tag, 0x81, (byte)bytes.Length, .. bytes],
        _ => [tag, 0x82, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes],
    };
}
