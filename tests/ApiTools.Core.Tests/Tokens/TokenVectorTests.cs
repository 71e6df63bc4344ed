using System.Text;
using ApiTools.Tokens;

namespace ApiTools.Core.Tests.Tokens;

/// <summary>Ids against those of npm's tiktoken, written once by tools/tokens/New-TokenVectors.mjs.</summary>
public sealed class TokenVectorTests
{
    private const int BlockSize = 256;

    private static readonly TokenEncoding Cl100k = TokenEncoding.Get("cl100k_base");
    private static readonly TokenEncoding O200k = TokenEncoding.Get("o200k_base");

    // As in the tool: one of each class.
    private static readonly string[] Neighbours = ["a", "A", "中", "\u0301", "1", " ", "\n", "!", "'s", "/", "é", "𠮷"];

    [Fact]
    public void Strings_that_are_easily_got_wrong_have_the_ids_of_tiktoken() => AssertSame("strings.tsv", 900);

    [Fact]
    public void Fifty_languages_have_the_ids_of_tiktoken() => AssertSame("languages.tsv", 50);

    [Fact]
    public void Each_code_point_alone_and_beside_each_class_has_the_ids_of_tiktoken()
    {
        string[] expected = [.. Fixtures.Text(Path.Combine("Tokens", "codepoints.txt")).Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
        string[] actual = new string[0x110000 / BlockSize];
        Parallel.For(0, actual.Length, block => actual[block] = $"{BlockDigest(Cl100k, block)} {BlockDigest(O200k, block)}");

        Assert.Equal(expected.Length, actual.Length);
        Assert.Empty(Enumerable.Range(0, actual.Length).Where(block => expected[block] != actual[block]).Select(block => $"U+{block * BlockSize:X4}"));
    }

    private static void AssertSame(string fixture, int atLeast)
    {
        TokenVector[] vectors = TokenVector.Read(fixture);
        Assert.InRange(vectors.Length, atLeast, int.MaxValue);
        Assert.All(vectors, vector =>
        {
            Assert.Equal(vector.Cl100k, Ids(Cl100k, vector.Text, vector.Cl100k));
            Assert.Equal(vector.O200k, Ids(O200k, vector.Text, vector.O200k));
        });
    }

    private static string Ids(TokenEncoding encoding, string text, string expected)
    {
        List<int> ids = [];
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        encoding.Encode(utf8, ids);

        Assert.Equal(ids.Count, encoding.Count(text));
        Assert.Equal(ids.Count, encoding.Count(utf8));
        Assert.Equal(utf8, Decode(encoding, ids));
        return TokenVector.Written(ids, expected.StartsWith('='));
    }

    private static byte[] Decode(TokenEncoding encoding, List<int> ids)
    {
        List<byte> bytes = [];
        foreach (int id in ids)
        {
            Assert.True(encoding.TryGetBytes(id, out ReadOnlySpan<byte> some));
            bytes.AddRange(some);
        }
        return [.. bytes];
    }

    private static string BlockDigest(TokenEncoding encoding, int block)
    {
        List<int> ids = [];
        string[] texts = [.. Enumerable.Range(block * BlockSize, BlockSize).Select(CodePoint)];
        foreach (string text in texts)
        {
            encoding.Encode(Encoding.UTF8.GetBytes(text), ids);
        }
        // Above the last letter, but for the plane of the last marks, all are of one class: one in 16 will do.
        string[] paired = block * BlockSize is < 0x34000 or (>= 0xE0000 and < 0xF0000) ? texts : [.. texts.Where((_, i) => i % 16 == 0)];
        foreach (string neighbour in Neighbours)
        {
            encoding.Encode(Encoding.UTF8.GetBytes(string.Concat(paired.Select(text => $"{text}{neighbour}\n{neighbour}{text}\n"))), ids);
        }
        return TokenVector.Digest(ids, 4);
    }

    // Half a surrogate pair for itself is one too: UTF-8 has U+FFFD for it.
    private static string CodePoint(int value) => value is >= 0xD800 and <= 0xDFFF ? ((char)value).ToString() : char.ConvertFromUtf32(value);
}
