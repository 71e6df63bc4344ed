using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ApiTools.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ApiTools.Core.Tests.Text;

public sealed class SecretFinderTests
{
    // The table once more, as one regular expression.
    private static readonly Regex Oracle =
        new(string.Join("|", SecretPatterns.All.Select(pattern => pattern.Expression)), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    // What may follow a beginning, whole and broken, and what stands around it.
    private static readonly string[] Pieces =
    [
        "proxy-", "set-", "x-goog-", "x-", "Bearer ", "basic  ", "Digest ", "token ", "ApiKey", "https", "user:pw", "@", "?", "&", "=", ": ", ":", "\"", "'", " ", ",", ";", "\\", "\\\"", "/", "\r\n", "\t",
        "\\n", "\\t", "\\u003c", "\\u0", "abc", "abcdef", "0123456789abcdef", "ABCDEFGHIJKLMNOP", "***", "-", "_", ".", "é", "钥", "\u212a", "\u017f", "\u0130", "\u0131", "\u00a0", "\u2028", "\ud83d\ude00", "{", "}", "x", "1", "+", "%2F",
        " PRIVATE KEY", " EC PRIVATE KEY-----", "-----", " BLOCK-----", "-----END", " RSA PUBLIC KEY-----",
        "organization", "tokens", "rate_limit_exceeded", "The model `x` ", "sk", "key", "token", "secret",
        .. SecretPatterns.All.SelectMany(pattern => pattern.Beginnings),
        .. SecretPatterns.All.SelectMany(pattern => pattern.Beginnings).Select(word => word.ToUpperInvariant()),
    ];

    // One of them makes a secret of every beginning.
    private static readonly string[] Endings = ["0123456789ABCDEF", "=0123456789ABCDEF", " 0123456789ABCDEF", "0123456789ABCDEF@", "0123456789ABCDEFGHIJ", "0123456789ABCDEF.0123456789ABCDEF", "0123456789ABCDEF0123456789ABCDEF", " RSA PRIVATE KEY-----0123456789ABCDEF-----END"];

    private static string RedactByExpression(string text) => Oracle.Replace(text, match => match.Groups["keep"].Value + Redactor.Mask);

    [Fact]
    public void The_finder_and_the_regular_expression_come_to_the_same()
    {
        Gen<string> texts = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));

        Prop.ForAll(texts.ToArbitrary(), text => Assert.Equal(RedactByExpression(text), Redactor.Redact(text)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40_000).WithEndSize(16));
    }

    [Fact]
    public void What_is_clean_is_not_changed_and_what_is_changed_is_not_clean()
    {
        Gen<string> texts = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));

        Prop.ForAll(texts.ToArbitrary(), text => Assert.Equal(!Oracle.IsMatch(text), Redactor.IsClean(text, null)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000).WithEndSize(8));
    }

    [Fact]
    public void A_secret_is_found_wherever_in_a_text_it_begins()
    {
        foreach (string word in SecretPatterns.All.SelectMany(pattern => pattern.Beginnings))
        {
            for (int before = 0; before < 40; before++)
            {
                foreach (string ending in Endings)
                {
                    string text = new string('.', before) + word + ending;
                    Assert.Equal(RedactByExpression(text), Redactor.Redact(text));
                }
            }
        }
    }

    [Fact]
    public void Every_beginning_in_the_table_begins_a_secret() =>
        Assert.All(SecretPatterns.All, pattern => Assert.All(pattern.Beginnings, word =>
            Assert.Contains(Endings, ending =>
                pattern.KeptEnd(word + ending, word.Length) is >= 0 and int kept && pattern.MaskedEnd(word + ending, kept) >= 0
                && !Redactor.Redact($"<{word.ToUpperInvariant()}{ending}>").Contains("0123456789", StringComparison.Ordinal))));

    [Fact]
    public void A_beginning_is_lower_case_ASCII_and_begins_no_other_of_its_pattern() =>
        Assert.All(SecretPatterns.All, pattern =>
        {
            Assert.NotEmpty(pattern.Beginnings);
            Assert.All(pattern.Beginnings, word =>
            {
                Assert.True(word.Length >= 2);
                Assert.All(word, c => Assert.True(c is > ' ' and < '\u007f' and not (>= 'A' and <= 'Z')));
                Assert.Equal([word], pattern.Beginnings.Where(other => other.StartsWith(word, StringComparison.Ordinal)));
            });
        });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void Pairs_are_found_many_at_a_time_where_they_are_found_one_by_one(int room)
    {
        string[] pairs = ["k-", "//", "iz", "?s", "_t", "ki", "be", "wd", "yj", "8_"];
        PairFinder any = new(pairs);
        PairFinder some = new(pairs, (pair, place, c) => (pair + place + c) % 3 != 0);
        Gen<string> texts = Gen.Elements("k-", "K-", "//", "/", "Iz", "i", "?S", "_T", "\u007ft", "\u001fs", "\u016b-", "\u4e00", "abcdefgh", "          ", "x").ListOf().Select(pieces => string.Concat(pieces));

        Prop.ForAll(texts.ToArbitrary(), text => Assert.All([any, some], finder =>
        {
            int[] places = new int[room];
            int[] expected = new int[room];
            for (int from = 0; from <= text.Length; from++)
            {
                int count = finder.FindPortable(text, from, expected, out int expectedEnd);
                Assert.Equal(count, finder.Find(text, from, places, out int end));
                Assert.Equal(expectedEnd, end);
                Assert.Equal(expected[..count], places[..count]);
            }
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            int inBytes = finder.FindPortable(utf8, expected, out int expectedByte);
            Assert.Equal(inBytes, finder.Find(utf8, places, out int endByte));
            Assert.Equal(expectedByte, endByte);
            Assert.Equal(expected[..inBytes], places[..inBytes]);
            // What stands in the text stands in its bytes.
            Assert.True(finder.FindPortable(text, 0, places, out _) <= inBytes);
        })).Check(Config.QuickThrowOnFailure.WithMaxTest(700).WithEndSize(40));
    }

    [Fact]
    public void A_text_is_redacted_in_its_bytes_as_it_is_in_its_characters()
    {
        Gen<string> texts = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));

        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            // Half a surrogate pair cannot be written.
            string whole = SurrogatePairs.Mend(text);
            foreach (string? key in new[] { null, "sk", "é" })
            {
                string redacted = Redactor.Redact(whole, key);
                Assert.Equal(redacted, Redactor.RedactOrNull(Encoding.UTF8.GetBytes(whole), key)?.ToString() ?? whole);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000).WithEndSize(60));
    }

    [Fact]
    public void A_part_of_a_text_is_redacted_by_what_was_found_in_the_text_as_it_is_by_itself()
    {
        Gen<string> texts = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));
        int byText = 0;

        Prop.ForAll(texts.Two().ToArbitrary(), ((string Part, string Other) both) =>
        {
            string part = SurrogatePairs.Mend(both.Part);
            foreach (string text in new[] { $$"""{"a":"{{SurrogatePairs.Mend(both.Other)}}","message":"{{part}}","api_key":"x"}""", $"sk-abcdefgh \"{part}\" : abcd, \"{part}\"", $$"""{"message":{{JsonSerializer.Serialize(part)}},"x":"sk-abcdefgh \\\"{{part}}\\\" \\n"}""" })
            {
                if (Redactor.RedactOrNull(Encoding.UTF8.GetBytes(text), null)?.Redact(part) is string redacted)
                {
                    byText++;
                    Assert.Equal(Redactor.Redact(part), redacted);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000).WithEndSize(24));

        Assert.True(byText > 1000, $"{byText} parts were redacted so.");
    }

    // What lets a part be redacted by the text that it stands in.
    [Fact]
    public void Before_a_quotation_mark_no_secret_is_another_than_at_the_end_and_behind_one_any_may_begin() => Assert.All(SecretPatterns.All, pattern =>
    {
        Assert.True(pattern.MayBeginBehind('"'));
        // Which takes a mark is no part that may end before it.
        Assert.All(pattern.Masked.Take(pattern.Masked.Length - 1).Where(part => part is not NoneAhead), part => Assert.False(part.MayBegin('"'), pattern.What));
    });

    [Theory]
    [InlineData("""{"message":"a key, sk-abcdefgh, in a message as long as it takes","code":"x"}""", "a key, sk-abcdefgh, in a message as long as it takes", "a key, ***, in a message as long as it takes")]
    [InlineData("""{"message":"sk-abcdefgh: a key at the beginning, and another one sk-ijklmnop","code":"x"}""", "sk-abcdefgh: a key at the beginning, and another one sk-ijklmnop", "***: a key at the beginning, and another one ***")]
    [InlineData("""{"message":"no key in a message that is as long as it takes","code":"sk-abcdefgh"}""", "no key in a message that is as long as it takes", "no key in a message that is as long as it takes")]
    [InlineData("""{"message":"a key, \u0073k-abcdefgh, that an escape hides from the text","code":"sk-abcdefgh"}""", "a key, sk-abcdefgh, that an escape hides from the text", null)]
    [InlineData("""{"password":"what is masked is a name's value, not the part's","code":"x"}""", "what is masked is a name's value, not the part's", null)]
    [InlineData("""{"message":"sk-abcdefgh and a half of a message that is as long as it takes"}""", "a half of a message that is as long as it takes", null)]
    [InlineData("""{"message":"sk-abcdefgh","code":"short"}""", "short", null)]
    [InlineData("""{"message":"cut off: -----BEGIN PRIVATE KEY-----MIIEvQIBADAN","code":"x"}""", "cut off: -----BEGIN PRIVATE KEY-----MIIEvQIBADAN", null)]
    [InlineData("""{"message":"-----BEGIN PRIVATE KEY-----MIIEvQ-----END PRIVATE KEY-----","code":"x"}""", "-----BEGIN PRIVATE KEY-----MIIEvQ-----END PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----***-----END PRIVATE KEY-----")]
    public void A_part_is_redacted_by_its_text_where_that_tells_all_of_it(string text, string part, string? redacted) =>
        Assert.Equal(redacted, Redactor.RedactOrNull(Encoding.UTF8.GetBytes(text), null)!.Redact(part));

    [Fact]
    public void More_secrets_than_there_is_room_for_their_pairs_are_masked()
    {
        const string secret = "api_key=0123456789, ";
        string text = string.Concat(Enumerable.Repeat("key token sk- " + secret, SecretSearch.Room));

        Assert.Equal(text.Replace(secret, "api_key=***, ", StringComparison.Ordinal), Redactor.Redact(text));
    }

    [Theory]
    [InlineData("api_\u212aey=0123456789")]
    [InlineData("a\u017fia0123456789ABCDEF")]
    public void A_letter_beyond_ASCII_is_none_of_a_names(string text) => Assert.Equal(text, Redactor.Redact(text));
}
