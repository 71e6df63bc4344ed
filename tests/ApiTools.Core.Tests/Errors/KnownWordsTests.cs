using System.Text;
using ApiTools.Errors;
using ApiTools.Text;

namespace ApiTools.Core.Tests.Errors;

public sealed class KnownWordsTests
{
    // Where there is no key, a known word is not looked through.
    [Fact]
    public void No_known_word_holds_a_secret() => Assert.All(KnownWords.All, word => Assert.Same(word, Redactor.Redact(word)));

    [Fact]
    public void A_word_that_was_found_is_one_and_another_of_the_same_letters_is_not()
    {
        int found = 0;
        foreach (string word in KnownWords.All)
        {
            if (KnownWords.Find(Encoding.UTF8.GetBytes(word)) is string known)
            {
                found++;
                Assert.Equal(word, known);
                Assert.True(KnownWords.IsOne(known));
                Assert.False(KnownWords.IsOne(new string(known.ToCharArray())), word);
                Assert.False(KnownWords.IsOne(known + "x"), word);
            }
        }
        Assert.InRange(found, KnownWords.All.Count / 2, KnownWords.All.Count);
        Assert.False(KnownWords.IsOne(string.Empty));
    }
}
