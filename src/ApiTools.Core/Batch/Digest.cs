using System.Security.Cryptography;
using System.Text;

namespace ApiTools.Batch;

/// <summary>SHA-256, in the box as a static method since .NET 5.</summary>
internal static class Digest
{
    /// <summary>The 32 bytes of the digest.</summary>
    public static byte[] Sha256(ReadOnlySpan<byte> data)
    {
#if NET8_0_OR_GREATER
        return SHA256.HashData(data);
#else
        using SHA256 algorithm = SHA256.Create();
        return algorithm.ComputeHash(data.ToArray());
#endif
    }

    /// <summary>Bytes as hexadecimal digits, in lower case.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes)
    {
        const string Digits = "0123456789abcdef";
        StringBuilder text = new(bytes.Length * 2);
        foreach (byte b in bytes)
        {
            text.Append(Digits[b >> 4]).Append(Digits[b & 15]);
        }
        return text.ToString();
    }
}
