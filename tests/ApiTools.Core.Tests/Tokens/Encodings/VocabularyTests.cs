using ApiTools.Tokens;
using TokenTables;

namespace ApiTools.Core.Tests.Tokens.Encodings;

public sealed class VocabularyTests
{
    [Theory]
    [InlineData("cl100k_base", 100_256, "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7")]
    [InlineData("o200k_base", 199_998, "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d")]
    public void The_tokens_are_those_of_the_file_that_OpenAI_published(string name, int count, string sha256)
    {
        Vocabulary vocabulary = Tables.Tokens(name);

        Assert.Equal(count, vocabulary.Count);
        Assert.Equal(sha256, PublishedRanks.Hash(Enumerable.Range(0, count).Select(id => vocabulary.Bytes(id).ToArray())));
    }

    [Theory]
    [InlineData("cl100k_base", 800_000)]
    [InlineData("o200k_base", 1_500_000)]
    public void The_tool_makes_the_embedded_file_again_byte_for_byte(string name, int most)
    {
        using Stream embedded = typeof(Vocabulary).Assembly.GetManifestResourceStream(name + ".merges")!;
        byte[] file = new byte[embedded.Length];
        embedded.ReadExactly(file);

        Assert.Equal(MergeFile.Write(PublishedRanks.All.Single(ranks => ranks.Name == name).Tokens()), file);
        Assert.InRange(file.Length, 1, most);
    }

    [Fact]
    public void Other_ranks_than_the_published_ones_are_told()
    {
        PublishedRanks wrong = PublishedRanks.All[0] with { Sha256 = new string('0', 64) };

        Assert.Throws<InvalidDataException>(wrong.Tokens);
    }
}
