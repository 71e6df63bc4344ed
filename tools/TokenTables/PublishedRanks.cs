using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace TokenTables;

/// <summary>The merge ranks of one encoding as they are published, and the SHA-256 of OpenAI's file (tiktoken, tiktoken_ext/openai_public.py).</summary>
internal sealed record PublishedRanks(string Name, string Package, string Sha256)
{
    public static PublishedRanks[] All { get; } =
    [
        new("cl100k_base", "Microsoft.ML.Tokenizers.Data.Cl100kBase", "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"),
        new("o200k_base", "Microsoft.ML.Tokenizers.Data.O200kBase", "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"),
    ];

    /// <summary>The bytes of each token, by its rank.</summary>
    /// <exception cref="InvalidDataException">What the package holds is not what OpenAI published.</exception>
    public byte[][] Tokens()
    {
        Assembly package = Assembly.Load(Package);
        using Stream resource = package.GetManifestResourceStream(package.GetManifestResourceNames().Single())!;
        using StreamReader reader = new(new DeflateStream(resource, CompressionMode.Decompress), Encoding.ASCII);
        // The first line is "Capacity: N"; each further one is a token in base64, and its rank is the line's number.
        byte[][] tokens = [.. reader.ReadToEnd().Split('\n').Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0).Select(Convert.FromBase64String)];
        string hash = Hash(tokens);
        return hash == Sha256 ? tokens : throw new InvalidDataException($"{Package} has other ranks than {Name}.tiktoken: SHA-256 {hash}.");
    }

    /// <summary>The SHA-256 of these tokens as tiktoken's file writes them: base64, a blank, the rank, a line feed.</summary>
    public static string Hash(IEnumerable<byte[]> tokens)
    {
        StringBuilder text = new();
        int rank = 0;
        foreach (byte[] token in tokens)
        {
            text.Append(Convert.ToBase64String(token)).Append(' ').Append(rank++).Append('\n');
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())));
    }
}
