using System.Text;

namespace ApiTools.Tokens;

/// <summary>
/// The page's estimate of how many tokens a text is (Errors and Debugging, tip 3), to the letter: code points U+4E00 to U+9FFF count one
/// each, all others four to a token, rounded down once for the whole text.
/// </summary>
internal static class TokenEstimator
{
    /// <summary>The estimate of a text, in tokens.</summary>
    public static long Estimate(ReadOnlySpan<char> text) => Tally(text).Tokens;

    /// <summary>The estimate of a text, with its length.</summary>
    public static TokenTally Tally(ReadOnlySpan<char> text)
    {
        TokenTally tally = default;
        tally.Add(text);
        return tally;
    }

    /// <summary>The estimate of a file's text, read piece by piece: see <see cref="TextStream"/>.</summary>
    /// <exception cref="DecoderFallbackException">The bytes are not UTF-8, and there is no mark of UTF-16.</exception>
    /// <exception cref="InvalidDataException">There is a NUL character: the file is binary, or in an encoding that cannot be told.</exception>
    public static async Task<TokenTally> TallyAsync(Stream stream, CancellationToken cancellationToken)
    {
        using TextStream text = new(stream);
        TokenTally tally = default;
        while (await text.ReadAsync(cancellationToken).ConfigureAwait(false) is { IsEmpty: false } piece)
        {
            tally.AddUtf8(piece.Span);
        }
        return tally;
    }
}
