using System.Globalization;
using System.Text;
using ApiTools.Errors;

namespace ApiTools.Core.Tests.Errors;

/// <summary>What is looked at by what stands before a number is what is found by trying all.</summary>
public sealed class NumberSentencesTests
{
    [Fact]
    public void The_sentence_found_is_the_first_of_all_that_stands_in_the_message()
    {
        Random random = new(31);
        foreach (NumberSentence[] all in new[] { ContextSentences.All, LimitSentences.All })
        {
            NumberSentences table = new(all);
            for (int i = 0; i < 20_000; i++)
            {
                string message = i < all.Length * 10 ? Filled(all[i / 10].Pattern.Text, random) : Encoding.UTF8.GetString(ErrorMutation.Next(random).Body);
                NumberSentence? expected = all.FirstOrDefault(sentence => sentence.Pattern.TryFind(message, out _));

                bool found = table.TryFind(message, Digits.Starts(message, new int[1]), out SentenceMatch match);

                Assert.Equal(expected is not null, found);
                SentenceMatch numbers = default;
                expected?.Pattern.TryFind(message, out numbers);
                Assert.Equal((numbers.Unit, numbers.Window, numbers.Anything), (match.Unit, match.Window, match.Anything));
                Assert.All(Enum.GetValues<SentencePlace>().Where(place => place <= SentencePlace.Seconds), place => Assert.Equal(numbers[place], match[place]));
            }
        }
    }

    [Fact]
    public void Digits_are_found_many_at_a_time_where_they_are_found_one_by_one()
    {
        Random random = new(32);
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => random.Next(3) == 0 ? "0123456789/:~.,\u0660\uff10\u0130"[random.Next(18)] : (char)random.Next('a', 'z')));
            int[] expected = new int[random.Next(1, 40)];
            int[] places = new int[expected.Length];

            int count = Digits.FillPortable(text, expected);

            Assert.Equal(count, Digits.Fill(text, places));
            Assert.Equal(expected, places);
            Assert.Equal(Enumerable.Range(0, text.Length).Where(at => char.IsAsciiDigit(text[at]) && (at == 0 || !char.IsAsciiDigit(text[at - 1]))), Digits.Starts(text, places).ToArray());
        }
    }

    [Fact]
    public void A_number_of_seconds_is_what_the_platform_reads()
    {
        Random random = new(33);
        for (int i = 0; i < 20_000; i++)
        {
            string number = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(10))) + (random.Next(2) == 0 ? "" : "." + string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => random.Next(10))));
            Assert.Equal(RetryDuration.FromSeconds(double.Parse(number, CultureInfo.InvariantCulture)), RetryDuration.Read(number + "s", wholeText: true));
        }
        Assert.Null(RetryDuration.Read("1.2.3s", wholeText: true));
    }

    [Fact]
    public void A_known_word_is_the_one_that_is_written()
    {
        Assert.Same(ApiErrorCatalog.Find("rate_limit_exceeded")!.Code, KnownWords.Find("rate_limit_exceeded"u8));
        Assert.All(ServiceCodes.All, known => Assert.Contains(KnownWords.Find(Encoding.UTF8.GetBytes(known.Code)), new[] { null, known.Code }));
        Assert.Null(KnownWords.Find("rate_limit_exceedee"u8));
        Assert.Null(KnownWords.Find([]));
    }

    private static string Filled(string sentence, Random random)
    {
        StringBuilder text = new(sentence);
        foreach (string place in new[] { "{unit}", "{window}", "{*}" })
        {
            text.Replace(place, place switch { "{unit}" => "input tokens", "{window}" => "minute", _ => "x (y)" });
        }
        foreach (SentencePlace place in Enum.GetValues<SentencePlace>())
        {
            text.Replace($"{{{place.ToString().ToLowerInvariant()}}}", random.Next(4) switch { 0 => "12,345", 1 => "~7", 2 => "x", _ => "8192" });
        }
        return "Sorry. " + text;
    }
}
