using System.Text;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

public sealed class JsonMenderTests
{
    [Theory]
    [InlineData("{\"a\":1,}", "{\"a\":1}")]
    [InlineData("[1 , ]", "[1  ]")]
    [InlineData("{'a':'b \"c\" it\\'s'}", "{\"a\":\"b \\\"c\\\" it's\"}")]
    [InlineData("{'a': 'it's'}", "{\"a\": \"it's\"}")]
    [InlineData("{a:1, $b_2 : 2}", "{\"a\":1, \"$b_2\" : 2}")]
    [InlineData("{ // one\n\"a\":1 /* two */,#three\n\"b\":2}//four", "{ \n\"a\":1 ,\n\"b\":2}")]
    [InlineData("{\"a\" /*x*/ : 1}", "{\"a\"  : 1}")]
    [InlineData("[True,FALSE,None,nil,NULL]", "[true,false,null,null,null]")]
    [InlineData("{\"a\":\"x\r\n\ty\u0001\"}", "{\"a\":\"x\\r\\n\\ty\\u0001\"}")]
    [InlineData("{\"a\":\"C:\\dir\\Sub\"}", "{\"a\":\"C:\\\\dir\\\\Sub\"}")]
    [InlineData("{\"a\":\"it\\'s \\x41\"}", "{\"a\":\"it's \\u0041\"}")]
    [InlineData("{\"a\":[1,2]", "{\"a\":[1,2]}")]
    [InlineData("{\"a\":[\"x\"\n", "{\"a\":[\"x\"]}\n")]
    [InlineData("{\"a\":[{\"b\":\"x\"}", "{\"a\":[{\"b\":\"x\"}]}")]
    [InlineData("{\"a\":[1,\"b\":2}", null)]
    [InlineData("{\"a\":[{\"b\":1],\"c\":2}", "{\"a\":[{\"b\":1}],\"c\":2}")]
    [InlineData("[1}", "[1]")]
    [InlineData("{\"a\":1}}]", "{\"a\":1}")]
    [InlineData("{\"a\":1},", "{\"a\":1}")]
    [InlineData("{\"a\":1};\n", "{\"a\":1}\n")]
    [InlineData("{\"a\":1 \"b\":2}", "{\"a\":1, \"b\":2}")]
    [InlineData("[\n\"a\"\n\"b\"\n]", "[\n\"a\",\n\"b\"\n]")]
    [InlineData("[{}{}]", "[{},{}]")]
    [InlineData("{\"a\":1; \"b\":2}", "{\"a\":1, \"b\":2}")]
    [InlineData("{,\"a\":1,,\"b\":2}", "{\"a\":1,\"b\":2}")]
    [InlineData("{\"a\" 1, \"b\"=2, \"c\" => 3}", "{\"a\": 1, \"b\":2, \"c\" : 3}")]
    [InlineData("[+1,.5,-.5,5.,1_000,5.e1]", "[1,0.5,-0.5,5.0,1000,5.0e1]")]
    [InlineData("{\u201ca\u201d:\u2018b\u2019}", "{\"a\":\"b\"}")]
    [InlineData("{\"a\"\uff1a\u00a01\uff0c\"b\":\u200b2}", "{\"a\": 1,\"b\":2}")]
    [InlineData("```json\n{\"a\":1}\n```\n", "\n{\"a\":1}\n\n")]
    [InlineData("\ufeff{\"a\":1}", "{\"a\":1}")]
    public void What_can_mean_one_thing_only_is_mended(string text, string? mended)
    {
        JsonMendResult result = Mend(text, includeUnsafe: false);
        Assert.Equal(mended ?? text, Encoding.UTF8.GetString(result.Text));
        Assert.Equal(mended is null, result.Fault is not null);
        Assert.All(result.Edits, edit => Assert.True(edit.Mend.IsSafe));
    }

    [Theory]
    [InlineData("[NaN]", "[null]")]
    [InlineData("[-Infinity]", "[null]")]
    [InlineData("[undefined,yes,no]", "[null,true,false]")]
    [InlineData("[01,-007,0x1F]", "[1,-7,31]")]
    [InlineData("[hello]", "[\"hello\"]")]
    [InlineData("[1 2]", "[1, 2]")]
    [InlineData("[\"a\" \"b\"]", "[\"a\", \"b\"]")]
    [InlineData("[1,,2]", "[1,2]")]
    [InlineData("{\"a\":\"C:\\new\\dir\"}", "{\"a\":\"C:\\new\\\\dir\"}")]
    [InlineData("{\"a\":\"x,\n\"b\":1}", "{\"a\":\"x\",\n\"b\":1}")]
    [InlineData("{\"a\":\"x", "{\"a\":\"x\"}")]
    [InlineData("[\"\\ud83d\\udc00\\ud83d.\\udc00\"]", "[\"\\ud83d\\udc00\\ufffd.\\ufffd\"]")]
    public void What_may_mean_another_thing_is_mended_where_it_is_asked_for(string text, string mended)
    {
        JsonMendResult kept = Mend(text, includeUnsafe: false);
        Assert.Equal(text, Encoding.UTF8.GetString(kept.Text));
        Assert.Empty(kept.Edits);
        JsonMendResult result = Mend(text, includeUnsafe: true);
        Assert.Equal((mended, null), (Encoding.UTF8.GetString(result.Text), result.Fault));
        Assert.All(result.Edits.Take(1), edit => Assert.False(edit.Mend.IsSafe));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":1}\n{\"a\":2}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":1,")]
    [InlineData("{\"a\":12")]
    [InlineData("{\"a\", \"b\"}")]
    [InlineData("{\"a\":\"say \"hi\" now\"}")]
    [InlineData("[1e]")]
    [InlineData("[-]")]
    [InlineData("[1.2.3]")]
    [InlineData("[\"\\u12g4\"x]")]
    [InlineData("[/* x]")]
    [InlineData("[hello world]")]
    public void What_a_person_must_decide_is_left(string text)
    {
        JsonMendResult result = Mend(text, includeUnsafe: true);
        Assert.Equal(text, Encoding.UTF8.GetString(result.Text));
        Assert.Empty(result.Edits);
        Assert.Equal(JsonSyntax.FindFault(result.Text), result.Fault);
        Assert.NotNull(result.Fault);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void A_text_in_another_unicode_encoding_is_made_utf8_with_a_mark_or_without(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] bytes = encoding.GetBytes("{\"a\":\"é😀\",}");
        foreach (byte[] text in new[] { bytes, [.. encoding.GetPreamble(), .. bytes] })
        {
            JsonMendResult result = JsonMender.Mend(text, includeUnsafe: false, CancellationToken.None);
            Assert.Equal("{\"a\":\"é😀\"}", Encoding.UTF8.GetString(result.Text));
            Assert.Equal([$"{name} changed into UTF-8", "the comma before '}' taken out"], result.Edits.Select(edit => edit.Mend.Description));
        }
    }

    [Fact]
    public void An_edit_tells_where_it_was_in_the_text_as_given()
    {
        JsonMendResult result = Mend("{a:1,\n 'b': True,\n}", includeUnsafe: false);
        Assert.Equal("{\"a\":1,\n \"b\": true\n}", Encoding.UTF8.GetString(result.Text));
        Assert.Equal(
            [(1, 2, "a put in quotes"), (2, 2, "a string put in double quotes"), (2, 7, "True changed into true"), (2, 11, "the comma before '}' taken out")],
            result.Edits.Select(edit => (edit.Line, edit.Column, edit.Mend.Description)));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_left()
    {
        byte[] text = [(byte)'[', (byte)'"', 0xe9, (byte)'"', (byte)',', (byte)']'];
        JsonMendResult result = JsonMender.Mend(text, includeUnsafe: true, CancellationToken.None);
        Assert.Equal(text, result.Text);
        Assert.Equal(2, result.Fault!.Offset);
    }

    [Fact]
    public void The_edits_applied_one_after_another_make_the_text_and_a_second_run_finds_nothing()
    {
        Random random = new(6);
        int mended = 0;
        for (int i = 0; i < JsonMutation.Runs; i++)
        {
            byte[] text = JsonMutation.Next(random);
            JsonMendResult result = JsonMender.Mend(text, includeUnsafe: i % 2 == 0, CancellationToken.None);
            Assert.Equal(result.Text, result.Edits.Aggregate(text, Apply));
            Assert.Equal(result.Fault is null, JsonMutation.IsStrict(result.Text));
            JsonMendResult again = JsonMender.Mend(result.Text, includeUnsafe: i % 2 == 0, CancellationToken.None);
            Assert.True(again.Edits.Count == 0, $"{Encoding.UTF8.GetString(text)} became {Encoding.UTF8.GetString(result.Text)}, and then {Encoding.UTF8.GetString(again.Text)}");
            Assert.Equal(result.Text, again.Text);
            mended += result.Fault is null && result.Edits.Count > 0 ? 1 : 0;
        }
        Assert.True(mended > JsonMutation.Runs / 20, $"Only {mended} were mended: the test shows little.");
    }

    [Theory]
    [InlineData("'a',", "\"a\",")]
    [InlineData("/* x */1,", "1,")]
    [InlineData("1,// x\n", "1,\n")]
    [InlineData("# x\n1,", "\n1,")]
    [InlineData("True,", "true,")]
    [InlineData("\"a\tb\",", "\"a\\tb\",")]
    [InlineData("{a:1},", "{\"a\":1},")]
    [InlineData("{\"a\"=1},", "{\"a\":1},")]
    [InlineData("{}", "{},")]
    [InlineData("[1,],", "[1],")]
    [InlineData("+1,", "1,")]
    public void A_text_with_many_faults_costs_no_exception_for_each(string piece, string mended)
    {
        const int Pieces = 20_000;
        string text = $"[{string.Concat(Enumerable.Repeat(piece, Pieces))}0]";
        int thread = Environment.CurrentManagedThreadId;
        int thrown = 0;
        void Count(object? sender, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs args) => thrown += Environment.CurrentManagedThreadId == thread ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += Count;
        JsonMendResult result = Mend(text, includeUnsafe: false);
        AppDomain.CurrentDomain.FirstChanceException -= Count;
        Assert.Equal(($"[{string.Concat(Enumerable.Repeat(mended, Pieces))}0]", null, 0), (Encoding.UTF8.GetString(result.Text), result.Fault, thrown));
        Assert.Equal(Pieces, result.Edits.Count);
    }

    [Fact]
    public void A_glance_tells_only_what_the_reader_refuses()
    {
        Random random = new(17);
        for (int i = 0; i < JsonMutation.Runs; i++)
        {
            byte[] text = JsonMutation.Next(random);
            if (JsonMutation.IsStrict(text))
            {
                JsonMendResult result = JsonMender.Mend(text, includeUnsafe: false, CancellationToken.None);
                Assert.Empty(result.Edits);
                Assert.Null(result.Fault);
            }
        }
    }

    private static JsonMendResult Mend(string text, bool includeUnsafe) => JsonMender.Mend(Encoding.UTF8.GetBytes(text), includeUnsafe, CancellationToken.None);

    private static byte[] Apply(byte[] text, SyntaxEdit edit) =>
        [.. text.AsSpan(0, edit.Mend.Offset), .. edit.Mend.Replacement, .. text.AsSpan(edit.Mend.Offset + edit.Mend.Length)];
}
