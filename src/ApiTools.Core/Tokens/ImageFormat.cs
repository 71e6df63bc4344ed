namespace ApiTools.Tokens;

/// <summary>How many tokens a model takes for an image.</summary>
internal abstract class ImageFormat
{
    /// <summary>Whether the page gives the whole of the rule for this model, and the rule gives the count to the token.</summary>
    public abstract bool IsExact { get; }

    /// <summary>The most tokens that any image takes, in any detail.</summary>
    public abstract long Most { get; }

    /// <summary>Whether the count depends on the image's size.</summary>
    public abstract bool NeedsSize(ImageDetail detail);

    /// <summary>The tokens of an image.</summary>
    /// <param name="size">Its size; of no account where <see cref="NeedsSize"/> says so.</param>
    /// <param name="detail">How closely it is looked at.</param>
    public abstract long Count(ImageSize size, ImageDetail detail);

    /// <summary>A size made smaller, as the service does it, so that no side is longer than that; never larger.</summary>
    protected static ImageSize Fit(ImageSize size, int longest)
    {
        int longer = Math.Max(size.Width, size.Height);
        if (longer <= longest)
        {
            return size;
        }
        // "Rounding to integer pixels", the page says; that it is to the nearest shows in what is billed: 2049 x 513 is two rows of tiles, 2050 x 513
        // one (community.openai.com/t/1281361).
        double scale = (double)longest / longer;
        return new ImageSize(Nearest(size.Width * scale), Nearest(size.Height * scale));
    }

    /// <summary>How many squares it takes to cover a length.</summary>
    protected static long Cover(int length, int square) => (length + (long)square - 1) / square;

    private static int Nearest(double length) => Math.Max(1, (int)Math.Round(length, MidpointRounding.AwayFromZero));
}
