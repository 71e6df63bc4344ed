namespace ApiTools.Tokens;

/// <summary>Images in patches of <see cref="PatchLimit.Side"/> pixels a side, a number of tokens for each. See <see cref="ImageFormats"/>.</summary>
/// <param name="hundredths">The tokens of a patch, in hundredths: the page's multiplier, without the error of a fraction.</param>
/// <param name="low">The limits in low detail.</param>
/// <param name="high">The limits in high detail.</param>
/// <param name="original">The limits at the image's own size.</param>
/// <param name="auto">What the default is.</param>
internal sealed class PatchImageFormat(int hundredths, PatchLimit low, PatchLimit high, PatchLimit original, ImageDetail auto) : ImageFormat
{
    // "Floating-point rounding in billing can make the final count differ from the estimate by one token."
    public override bool IsExact => false;

    public override long Most => Math.Max(Tokens(low.Most), Math.Max(Tokens(high.Most), Tokens(original.Most)));

    public override bool NeedsSize(ImageDetail detail) => true;

    public override long Count(ImageSize size, ImageDetail detail)
    {
        PatchLimit limit = (detail == ImageDetail.Auto ? auto : detail) switch
        {
            ImageDetail.Low => low,
            ImageDetail.Original => original,
            _ => high,
        };
        ImageSize fit = Fit(size, limit.Longest);
        long patches = Patches(fit.Width, fit.Height);
        if (limit.Patches > 0 && patches > limit.Patches)
        {
            patches = Shrunk(fit, limit.Patches);
        }
        return Tokens(patches);
    }

    private long Tokens(long patches) => ((patches * hundredths) + 99) / 100;

    private static long Patches(int width, int height) => Cover(width, PatchLimit.Side) * Cover(height, PatchLimit.Side);

    // Step B and C of the page, with its names.
    private static long Shrunk(ImageSize size, int budget)
    {
        double shrink = Math.Sqrt((double)PatchLimit.Side * PatchLimit.Side * budget / ((double)size.Width * size.Height));
        double across = size.Width * shrink / PatchLimit.Side;
        double down = size.Height * shrink / PatchLimit.Side;
        double adjusted = shrink * Math.Min(Math.Floor(across) / across, Math.Floor(down) / down);
        // The side that decides is a whole number of patches, which the fraction may miss by its last bit.
        return Patches(Whole(size.Width * adjusted), Whole(size.Height * adjusted));
    }

    private static int Whole(double length) => Math.Max(1, (int)Math.Floor(length + 1e-6));
}
