using System.Text;
using ApiTools.Core.Tests.Streams;
using ApiTools.Tokens;

namespace ApiTools.Core.Tests.Tokens;

public sealed class TextStreamTests
{
    public static TheoryData<string> Encodings => ["utf-8", "utf-8-mark", "utf-16", "utf-16BE"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_file_longer_than_a_piece_is_read_whole_and_no_character_is_split(string name)
    {
        Encoding encoding = name == "utf-8-mark" ? new UTF8Encoding(true) : name == "utf-8" ? new UTF8Encoding(false) : Encoding.GetEncoding(name);
        for (int shift = 0; shift < 5; shift++)
        {
            string text = new string('a', shift) + string.Concat(Enumerable.Repeat("汉é😀x", 70_000));
            using TrickleStream stream = new([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
            List<byte[]> pieces = await ReadAsync(stream);
            Assert.InRange(pieces.Count, 2, 5);
            Assert.All(pieces, piece => Assert.Equal(piece, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(piece))));
            Assert.Equal(text, Encoding.UTF8.GetString([.. pieces.SelectMany(piece => piece)]));
        }
    }

    [Fact]
    public async Task A_file_that_is_neither_utf8_nor_marked_utf16_is_refused()
    {
        await Assert.ThrowsAsync<DecoderFallbackException>(() => ReadAsync(new MemoryStream([0x61, 0xe9, 0x62])));
        await Assert.ThrowsAsync<DecoderFallbackException>(() => ReadAsync(new MemoryStream([0x61, 0xe6, 0xb1])));
        await Assert.ThrowsAsync<DecoderFallbackException>(() => ReadAsync(new MemoryStream([.. Enumerable.Repeat((byte)0x80, 600_000)])));
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(new MemoryStream([0x61, 0x00])));
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(new MemoryStream([0xff, 0xfe, 0x61, 0x00, 0x00, 0x00])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("EFBBBF")]
    [InlineData("FFFE")]
    public async Task A_file_of_nothing_but_a_mark_has_no_text(string hex) => Assert.Empty(await ReadAsync(new MemoryStream(Convert.FromHexString(hex))));

    [Fact]
    public async Task Half_a_surrogate_pair_is_the_character_that_stands_for_what_is_none() =>
        Assert.Equal("a\ufffdb", Encoding.UTF8.GetString(Assert.Single(await ReadAsync(new MemoryStream(Convert.FromHexString("FFFE61003DD86200"))))));

    private static async Task<List<byte[]>> ReadAsync(Stream stream)
    {
        using TextStream text = new(stream);
        List<byte[]> pieces = [];
        while (await text.ReadAsync(default) is { IsEmpty: false } piece)
        {
            pieces.Add(piece.ToArray());
        }
        return pieces;
    }

    // Gives a few bytes at a time, as a pipe does.
    private sealed class TrickleStream(byte[] content) : TestStream(content)
    {
        private int _reads;

        protected override Task<int> NextAsync(ArraySegment<byte> room, CancellationToken cancellationToken) => Task.FromResult(Take(room, (_reads++ % 7 * 4_099) + 1));
    }
}
