using System.Text;
using System.Text.Json;
using ApiTools.Tokens;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

/// <summary>What is counted in blocks is what a plain twin counts one by one, wherever in a block a character stands.</summary>
public sealed class JsonTextCountTests
{
    private static readonly string[] Pieces =
        ["a", "é", "\u4dff", "\u4e00", "\u9fff", "\ua000", "\u8fff", "\uffff", "😀", "0123456789abcdef", "用中文也说一遍。", "\\n", "\\\\", "\\\"", "\\/", "\\u4e00", "\\ud83d\\ude00", "\\u0041", "u", "\\\\u4e00"];

    [Fact]
    public void Text_with_escapes_counts_as_the_string_that_it_is()
    {
        Random random = new(3);
        for (int i = 0; i < JsonMutation.Scale(3000); i++)
        {
            byte[] raw = Encoding.UTF8.GetBytes(Text(random, Pieces));
            TokenTally expected = TokenEstimator.Tally(JsonSerializer.Deserialize<string>([(byte)'"', .. raw, (byte)'"']).AsSpan());
            TokenTally blocks = default;
            JsonTextCount.Add(raw, ref blocks);
            TokenTally portable = default;
            JsonTextCount.AddPortable(raw, ref portable);
            Assert.Equal(expected, blocks);
            Assert.Equal(expected, portable);
            Assert.Equal(JsonEscapes.MayHaveUnicodePortable(raw), JsonEscapes.MayHaveUnicode(raw));
        }
    }

    [Fact]
    public void Text_without_escapes_counts_as_its_characters()
    {
        Random random = new(4);
        for (int i = 0; i < JsonMutation.Scale(3000); i++)
        {
            string text = Text(random, Pieces[..11]);
            TokenTally expected = TokenEstimator.Tally(text.AsSpan());
            (int Characters, int Ideographs) blocks = Utf8Count.Count(Encoding.UTF8.GetBytes(text));
            Assert.Equal(Utf8Count.CountPortable(Encoding.UTF8.GetBytes(text)), blocks);
            Assert.Equal(expected.Characters, blocks.Characters);
            Assert.Equal(expected.Tokens, blocks.Ideographs + ((blocks.Characters - blocks.Ideographs) / 4));
        }
    }

    private static string Text(Random random, string[] pieces)
    {
        StringBuilder text = new();
        for (int pieceCount = random.Next(12); pieceCount > 0; pieceCount--)
        {
            text.Append(pieces[random.Next(pieces.Length)]);
        }
        return text.ToString();
    }
}
