using System.Text;
using System.Text.Json;
using ApiTools.Chat;
using FsCheck;
using FsCheck.Fluent;

namespace ApiTools.Core.Tests.Chat;

/// <summary>A chunk read by comparing it with the one before is read as by taking its JSON apart; or as wrong.</summary>
public sealed class ChunkTemplateTests
{
    private static readonly string[] Texts = ["", " word", "é", "😀", "a\\nb", "\\\"", "\\ud83d", "\\ude00", "x\u007f", "a\nb", "a\"b", "\\x", "\\u12", "\\u00e9\\/", "\\u-001", "a\\", "\t", "{", "null", "error", new('y', 300)];

    private static readonly string[] Deltas =
    [
        """{"content":"TEXT"}""", """{"content":"TEXT"}""", """{"content":"TEXT"}""", """{"role":"assistant","content":"TEXT"}""", """{"content":"TEXT","refusal":null}""",
        """{"reasoning_content":"TEXT","content":null}""", """{"content":"TEXT","reasoning":"TEXT"}""", """{"content":"","content":"TEXT"}""", """{"refusal":"TEXT"}""",
        """{"content":[{"type":"text","text":"TEXT"}]}""", """{"tool_calls":[{"index":0,"function":{"arguments":"TEXT"}}]}""", """{"tool_calls":[{"index":0,"function":{"arguments":"TEXT"}}]}""",
        """{"tool_calls":[{"index":0,"id":"t","function":{"name":"f","arguments":"TEXT"}}]}""", """{"tool_calls":[{"function":{"arguments":"TEXT"}}]}""",
        """{"tool_calls":[{"index":0,"function":{"arguments":"TEXT"}},{"index":1,"function":{"arguments":"TEXT"}}]}""", "{}", "null",
    ];

    private static readonly string[] Chunks =
    [
        """{"id":"ID","model":"m","choices":[{"index":0,"delta":DELTA,"finish_reason":null}],"usage":null}""",
        """{"id":"ID","model":"m","choices":[{"index":0,"delta":DELTA,"finish_reason":null}],"usage":null}""",
        """{"id":"ID","model":"m","choices":[{"index":0,"delta":DELTA,"finish_reason":null}],"obfuscation":"TEXT"}""",
        """{"id":"ID","model":"m","choices":[{"index":0,"delta":DELTA,"finish_reason":null}],"obfuscation":"TEXT"}""",
        """{"choices":[{"delta":DELTA,"index":1,"finish_reason":null}]}""",
        """{"choices":[{"index":0,"delta":DELTA},{"index":1,"delta":DELTA}]}""",
        """{"choices":[{"index":0,"delta":DELTA,"finish_reason":"TEXT"}]}""",
        """{"choices":[{"index":0,"delta":DELTA}],"usage":{"prompt_tokens":1,"completion_tokens":2}}""",
        """{"choices":[{"index":0,"delta":DELTA,"error":null}],"error":null}""",
        """{"choices":[{"index":0,"delta":DELTA}],"error":"TEXT"}""",
        """{"object":"TEXT","choices":[{"index":0,"delta":DELTA}]}""",
        """{"choices":[{"index":0,"delta":DELTA}],"object":"TEXT"}""",
        """ {"choices" : [ {"index": 0, "delta":DELTA } ] } """,
    ];

    private static readonly Gen<string> OneChunk =
        from chunk in Gen.Elements(Chunks)
        from delta in Gen.Elements(Deltas)
        from id in Gen.Elements("c1", "c1", "c1", "c2")
        from texts in Gen.Elements(Texts).ListOf(3)
        select Fill(chunk.Replace("DELTA", delta, StringComparison.Ordinal).Replace("ID", id, StringComparison.Ordinal), texts);

    // The same shape again and again, as services send it, with bytes that are wrong now and then.
    private static readonly Gen<List<byte[]>> Streams =
        from chunks in OneChunk.NonEmptyListOf()
        from repeats in Gen.Choose(1, 4).ListOf(chunks.Count)
        from text in Gen.Elements(Texts).ListOf(chunks.Count)
        from flips in Gen.Choose(0, 4000).ListOf(2)
        select chunks.SelectMany((chunk, i) => Enumerable.Repeat(chunk, repeats[i]).Select((json, n) => n % 2 == 0 ? json : json.Replace(" word", text[i], StringComparison.Ordinal)))
            .Select((json, i) => Flip(Encoding.UTF8.GetBytes(json), i == chunks.Count / 2 ? flips : []))
            .ToList();

    [Fact]
    public void Reading_by_comparing_is_reading() =>
        Prop.ForAll(Streams.ToArbitrary(), Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(12).WithReplay(20251125, 7));

    [Fact]
    public void A_chunk_like_the_one_before_is_read_by_comparing()
    {
        ChunkTemplate template = new();
        ChatCompletionBuilder builder = new();
        string shape = """{"id":"c","choices":[{"index":0,"delta":{"content":"TEXT"},"finish_reason":null}],"obfuscation":"PAD"}""";
        Assert.False(template.TryRead(Chunk(shape, "a", "1")));
        Read("a", "1");
        Assert.False(template.TryRead(Chunk(shape, "b", "22")));
        Read("b", "22");

        Assert.True(template.TryRead(Chunk(shape, " c é", "333")));
        Assert.True(template.TryRead(Chunk(shape, "\\n\\u00e9\\ud83d", "\\\"")));
        Assert.True(template.TryRead(Chunk(shape, "\\ude00", "333")));
        Assert.False(template.TryRead(Chunk(shape, "\\x", "333")));
        Assert.False(template.TryRead(Chunk(shape, "\\u00g9", "333")));
        Assert.False(template.TryRead(Chunk(shape, "\\u", "333")));
        Assert.False(template.TryRead(Chunk(shape, "c\n", "333")));
        Assert.False(template.TryRead(Chunk(shape.Replace("null", "\"stop\"", StringComparison.Ordinal), "c", "333")));
        Assert.False(template.TryRead([.. Chunk(shape, "c", "333"), (byte)' ']));
        Assert.False(template.TryRead(Chunk(shape, "c", "333").AsSpan()[..^1]));
        Assert.False(template.TryRead([]));
        Assert.Equal("ab c é\né😀", builder.ContentSoFar);

        void Read(string text, string pad) => ChatPayloadReader.ReadChunk(Chunk(shape, text, pad), builder, template);
    }

    [DotNetFact("nothing tells what a thread allocates")]
    public void Ten_thousand_chunks_allocate_nothing_each()
    {
        byte[] chunk = Encoding.UTF8.GetBytes("""{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":""},"finish_reason":null}],"usage":null}""");
        byte[] other = Encoding.UTF8.GetBytes("""{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"","refusal":null},"finish_reason":null}],"usage":null}""");
        ChunkTemplate template = new();
        ChatCompletionBuilder builder = new();
        ChatPayloadReader.ReadChunk(chunk, builder, template);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            // A third is like the one before it.
            ChatPayloadReader.ReadChunk(i % 3 == 0 ? other : chunk, builder, template);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    [Fact]
    public void A_chunk_that_calls_itself_an_error_is_none_like_the_one_before()
    {
        ChunkTemplate template = new();
        ChatCompletionBuilder builder = new();
        string shape = """{"choices":[{"index":0,"delta":{"content":"TEXT"}}],"object":"PAD"}""";
        Assert.True(ChatPayloadReader.ReadChunk(Chunk(shape, "a", "chat.completion.chunk"), builder, template));
        Assert.True(ChatPayloadReader.ReadChunk(Chunk(shape, "b", "chat.completion.chunk"), builder, template));
        Assert.True(template.TryRead(Chunk(shape, "c", "chat.completion.chunk")));
        Assert.False(ChatPayloadReader.ReadChunk(Chunk(shape, "", "error"), builder, template));
    }

    private static byte[] Chunk(string shape, string text, string pad) =>
        Encoding.UTF8.GetBytes(shape.Replace("TEXT", text, StringComparison.Ordinal).Replace("PAD", pad, StringComparison.Ordinal));

    private static bool Agrees(List<byte[]> chunks)
    {
        ChunkTemplate template = new();
        ChatCompletionBuilder compared = new();
        ChatCompletionBuilder read = new();
        foreach (byte[] chunk in chunks)
        {
            string expected = Outcome(() => ChatPayloadReader.Read(chunk, read));
            string actual = Outcome(() => ChatPayloadReader.ReadChunk(chunk, compared, template));
            Assert.Equal(expected, actual);
            Assert.Equal(Taken(read), Taken(compared));
            if (expected != "True")
            {
                return true;
            }
        }
        Assert.Equal(JsonSerializer.Serialize(read.Build(null, null)), JsonSerializer.Serialize(compared.Build(null, null)));
        return true;
    }

    private static string Outcome(Func<bool> read)
    {
        try
        {
            return read().ToString();
        }
        catch (JsonException)
        {
            return "no JSON";
        }
    }

    private static List<string> Taken(ChatCompletionBuilder builder)
    {
        List<string> chunks = [];
        while (builder.TakeChunk() is ChatCompletionChunk chunk)
        {
            chunks.Add(JsonSerializer.Serialize(chunk));
        }
        return chunks;
    }

    private static string Fill(string json, List<string> texts)
    {
        foreach (string text in texts)
        {
            int at = json.IndexOf("TEXT", StringComparison.Ordinal);
            json = at < 0 ? json : json[..at] + text + json[(at + 4)..];
        }
        return json.Replace("TEXT", " word", StringComparison.Ordinal);
    }

    private static byte[] Flip(byte[] json, List<int> flips)
    {
        foreach (int flip in flips.Where(flip => flip < json.Length))
        {
            json[flip] ^= 0x81;
        }
        return json;
    }
}
