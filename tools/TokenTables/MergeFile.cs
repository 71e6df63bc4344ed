using System.Buffers.Binary;
using System.Numerics;

namespace TokenTables;

/// <summary>
/// The file that ships: how many tokens there are (4 bytes, little-endian), the byte that each of the first 256 stands for, and for every other one
/// the two tokens that byte-pair encoding makes it of, in as many bits each as the largest token below it needs, lowest bit first. Eight bytes of
/// nought end it, so that a reader may load 64 bits anywhere.
/// </summary>
internal static class MergeFile
{
    private const int Singles = 256;
    private const int Header = sizeof(int) + Singles;

    public static byte[] Write(byte[][] tokens)
    {
        Dictionary<string, int> ranks = [];
        for (int rank = 0; rank < tokens.Length; rank++)
        {
            ranks.Add(Text(tokens[rank]), rank);
        }
        byte[] file = new byte[Header + (Enumerable.Range(Singles, tokens.Length - Singles).Sum(rank => 2 * Width(rank)) + 7) / 8 + sizeof(ulong)];
        BinaryPrimitives.WriteInt32LittleEndian(file, tokens.Length);
        for (int rank = 0; rank < Singles; rank++)
        {
            file[sizeof(int) + rank] = tokens[rank].Length == 1 ? tokens[rank][0] : throw new InvalidDataException($"Token {rank} is no single byte.");
        }
        long bit = Header * 8L;
        for (int rank = Singles; rank < tokens.Length; rank++)
        {
            (int left, int right) = Split(tokens[rank], rank, ranks);
            Put(file, ref bit, left, Width(rank));
            Put(file, ref bit, right, Width(rank));
        }
        return file;
    }

    private static int Width(int rank) => 32 - BitOperations.LeadingZeroCount((uint)(rank - 1));

    private static void Put(byte[] file, ref long bit, int value, int width)
    {
        for (int i = 0; i < width; i++, bit++)
        {
            file[bit >> 3] |= (byte)(((value >> i) & 1) << (int)(bit & 7));
        }
    }

    // Byte-pair encoding of the token's bytes by the merges below its own ends with the two that it is made of.
    private static (int Left, int Right) Split(byte[] token, int rank, Dictionary<string, int> ranks)
    {
        List<string> parts = [.. token.Select(one => ((char)one).ToString())];
        while (parts.Count > 2)
        {
            (int best, int at) = Enumerable.Range(0, parts.Count - 1)
                .Select(i => (Rank: ranks.GetValueOrDefault(parts[i] + parts[i + 1], int.MaxValue), At: i))
                .Min();
            if (best >= rank)
            {
                throw new InvalidDataException($"Token {rank} is not made of two.");
            }
            parts[at] += parts[at + 1];
            parts.RemoveAt(at + 1);
        }
        return (ranks[parts[0]], ranks[parts[1]]);
    }

    private static string Text(byte[] bytes) => string.Concat(bytes.Select(one => (char)one));
}
