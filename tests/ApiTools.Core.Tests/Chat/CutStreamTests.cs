using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ApiTools.Core.Tests.Chat;

/// <summary>A stream that is cut or damaged anywhere is the whole completion or a typed error with the beginning of its text, and nothing else.</summary>
public sealed class CutStreamTests
{
    private const string Text = "One é, two 😀, \"three\"\nand a 4th.";

    private static readonly byte[][] Streams = [.. LineEnds("\n"), .. LineEnds("\r\n"), .. LineEnds("\r")];

    [Fact]
    public async Task Cut_at_any_byte_it_is_whole_or_says_what_came()
    {
        foreach (byte[] stream in Streams)
        {
            int whole = 0;
            for (int length = 0; length <= stream.Length; length++)
            {
                whole += await OutcomeAsync(stream[..length], isUndamaged: true) ? 1 : 0;
            }
            // The end of the last event's blank line, [DONE] behind it, and nothing before.
            Assert.InRange(whole, 1, "data: [DONE]".Length + 8);
        }
    }

    [Fact]
    public async Task However_it_arrives_it_is_the_same_text()
    {
        foreach (byte[] stream in Streams)
        {
            for (int first = 1; first < stream.Length; first++)
            {
                Assert.Equal(Text, (await Answers.ReadAsync(stream, "text/event-stream", null, first, int.MaxValue)).Content);
            }
        }
    }

    [Fact]
    public async Task Damaged_anywhere_it_is_never_an_exception_of_another_kind()
    {
        foreach (byte[] stream in Streams[..3])
        {
            for (int at = 0; at < stream.Length; at++)
            {
                foreach (byte wrong in "\"\n{\0\\\u0080,"u8.ToArray())
                {
                    byte[] damaged = [.. stream];
                    damaged[at] = wrong;
                    await OutcomeAsync(damaged, isUndamaged: false);
                }
            }
        }
    }

    [Fact]
    public void Mutated_at_random_it_is_never_an_exception_of_another_kind()
    {
        Gen<byte[]> mutants =
            from stream in Gen.Elements(Streams)
            from places in Gen.Choose(0, stream.Length - 1).NonEmptyListOf()
            from bytes in Gen.Choose(0, 255).ListOf(places.Count)
            from cut in Gen.Choose(0, stream.Length)
            from doubled in Gen.Choose(0, stream.Length)
            select Mutate(stream, places, bytes, cut, doubled);
        Prop.ForAll(mutants.ToArbitrary(), mutant =>
            {
                OutcomeAsync(mutant, isUndamaged: false).GetAwaiter().GetResult();
                return true;
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(6).WithReplay(20251126, 9));
    }

    /// <summary>Reads; true where it was a completion. Of a stream that was only cut, its text is whole; or what came is its beginning.</summary>
    private static async Task<bool> OutcomeAsync(byte[] stream, bool isUndamaged)
    {
        RecordingObserver observer = new(wantsChunks: true);
        try
        {
            ChatCompletion completion = await Answers.ReadAsync(stream, "text/event-stream", observer, 5, 3, 64);
            Assert.NotNull(completion.FinishReason);
            Assert.Equal(isUndamaged ? Text : completion.Content, completion.Content);
            Assert.Equal(completion.Content, string.Concat(observer.Chunks.Where(chunk => chunk.Index == completion.Choices[0].Index)));
            return true;
        }
        catch (ApiException error)
        {
            Assert.True(!isUndamaged || error.PartialContent is null || Text.StartsWith(error.PartialContent, StringComparison.Ordinal), error.PartialContent);
            Assert.NotEmpty(error.Code);
            Assert.NotEmpty(error.Message);
            return false;
        }
    }

    private static byte[] Mutate(byte[] stream, List<int> places, List<int> bytes, int cut, int doubled)
    {
        byte[] mutant = [.. stream];
        for (int i = 0; i < places.Count; i++)
        {
            mutant[places[i]] = (byte)bytes[i];
        }
        // A third are cut as well, a third have a piece twice.
        return (cut % 3) switch { 0 => mutant[..cut], 1 => [.. mutant[..Math.Max(cut, doubled)], .. mutant[Math.Min(cut, doubled)..]], _ => mutant };
    }

    private static byte[][] LineEnds(string end)
    {
        string role = """{"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""";
        string[] pieces = ["One é,", " two \\ud83d", "\\ude00, ", "\\\"three", "\\\"", "\\n", "and", " a", " 4th."];
        IEnumerable<string> words = pieces.Select(piece => $$"""{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"{{piece}}"},"finish_reason":null}]}""");
        string finish = """{"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""";
        string plain = string.Concat(((string[])[role, .. words, finish, "[DONE]"]).Select(data => $"data: {data}{end}{end}"));
        string commented = string.Concat(((string[])[role, .. words, finish]).Select(data => $": keep{end}{end}event: message{end}id: 7{end}data:{data}{end}{end}"));
        string lines = string.Concat(((string[])[role, .. words, finish]).Select(data => $"data: {data.Replace(",\"choices\"", $",{end}data: \"choices\"", StringComparison.Ordinal)}{end}{end}"));
        return [Encoding.UTF8.GetBytes(plain), Encoding.UTF8.GetBytes("\ufeff" + commented), Encoding.UTF8.GetBytes(lines)];
    }
}
