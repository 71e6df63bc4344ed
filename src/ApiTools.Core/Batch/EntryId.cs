using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace ApiTools.Batch;

/// <summary>What tells one input of a journal from another, in 16 bytes: half of a SHA-256, so that two never meet by chance.</summary>
/// <param name="High">The first 8 bytes.</param>
/// <param name="Low">The last 8 bytes.</param>
internal readonly record struct EntryId(ulong High, ulong Low)
{
    /// <summary>The n-th input with some content.</summary>
    /// <param name="requestHash">The SHA-256 of the request's canonical form.</param>
    /// <param name="occurrence">1 for the first of those that are equal.</param>
    public static EntryId OfContent(ReadOnlySpan<byte> requestHash, int occurrence) => new(
        BinaryPrimitives.ReadUInt64BigEndian(requestHash),
        BinaryPrimitives.ReadUInt64BigEndian(requestHash.Slice(8)) ^ (uint)(occurrence - 1));

    /// <summary>The input with some key, in a job.</summary>
    public static EntryId OfKey(string fingerprint, string key)
    {
        // The key as UTF-16, so that half a surrogate pair, which UTF-8 cannot hold, is told from another.
        byte[] named = [.. Encoding.ASCII.GetBytes(fingerprint), 0, .. MemoryMarshal.AsBytes(key.AsSpan())];
        return OfContent(Digest.Sha256(named), 1);
    }
}
