using System.Text;
using ApiTools.Tokens;

namespace ApiTools.Core.Tests.Tokens;

/// <summary>Random strings against npm's tiktoken as it runs.</summary>
public sealed class OracleTests
{
    private const int BatchSize = 20_000;

    [OracleFact]
    public async Task Random_strings_have_the_ids_that_tiktoken_gives_them()
    {
        Random random = new(Oracle.Seed);
        for (int done = 0; done < Oracle.Count; done += BatchSize)
        {
            string[] texts = [.. Enumerable.Range(0, Math.Min(BatchSize, Oracle.Count - done)).Select(_ => NastyText.Next(random))];
            string[] expected = await Oracle.EncodeAsync(texts);

            Assert.Equal(texts.Length, expected.Length);
            Assert.All(texts.Zip(expected), pair => Assert.True(pair.Second == Ids(pair.First), $"{TokenVector.Escape(pair.First)}: {Ids(pair.First)}, not {pair.Second}"));
        }
    }

    private static string Ids(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return $"{Ids("cl100k_base", utf8)}\t{Ids("o200k_base", utf8)}";
    }

    private static string Ids(string encoding, byte[] utf8)
    {
        List<int> ids = [];
        TokenEncoding.Get(encoding).Encode(utf8, ids);
        return string.Join(' ', ids);
    }
}
