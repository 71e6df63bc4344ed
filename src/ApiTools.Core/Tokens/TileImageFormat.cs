namespace ApiTools.Tokens;

/// <summary>Images in tiles of 512 pixels: a number of tokens for each, and one for the whole. See <see cref="ImageFormats"/>.</summary>
/// <param name="image">The tokens of the whole, which is all of it in low detail.</param>
/// <param name="tile">The tokens of each tile.</param>
internal sealed class TileImageFormat(int image, int tile) : ImageFormat
{
    private const int Longest = 2048;
    private const int Shortest = 768;
    private const int Tile = 512;

    public override bool IsExact => true;

    // 2048 x 768 pixels is the largest that is left of an image.
    public override long Most => image + (tile * Cover(Longest, Tile) * Cover(Shortest, Tile));

    public override bool NeedsSize(ImageDetail detail) => detail != ImageDetail.Low;

    public override long Count(ImageSize size, ImageDetail detail)
    {
        if (!NeedsSize(detail))
        {
            return image;
        }
        ImageSize fit = FitShorter(Fit(size, Longest));
        return image + (tile * Cover(fit.Width, Tile) * Cover(fit.Height, Tile));
    }

    // "If the shortest side exceeds 768px, scale it down to 768px and round down the other dimension."
    private static ImageSize FitShorter(ImageSize size)
    {
        int shorter = Math.Min(size.Width, size.Height);
        return shorter <= Shortest
            ? size
            : new ImageSize((int)((long)size.Width * Shortest / shorter), (int)((long)size.Height * Shortest / shorter));
    }
}
