namespace ApiTools.Tokens;

/// <summary>
/// How many tokens each model takes for an image: the tables of "Calculating costs" and "Model sizing behavior" in OpenAI's guide "Images and vision"
/// (developers.openai.com/api/docs/guides/images-vision). Of models that its newest version has in the first table alone the sizes are those of the
/// version before; gpt-4-turbo and gpt-4.5 stand in still earlier ones.
/// </summary>
internal static class ImageFormats
{
    /// <summary>Where the rules stand.</summary>
    public const string Source = "https://developers.openai.com/api/docs/guides/images-vision";

    private static readonly PatchLimit Thumbnail = new(512, 0);
    private static readonly PatchLimit Close = new(2048, 2_500);
    private static readonly PatchLimit Large = new(6000, 10_000);
    private static readonly PatchLimit Unbounded = new(65_535, 0);
    private static readonly PatchLimit Middle = new(2048, 6_144);
    private static readonly PatchLimit Earlier = new(2048, 1_536);

    private static readonly PatchImageFormat Gpt56 = new(120, Thumbnail, Close, Unbounded, ImageDetail.Original);
    private static readonly PatchImageFormat Gpt55 = new(120, Thumbnail, Close, Large, ImageDetail.Original);
    private static readonly PatchImageFormat Gpt54 = new(120, Middle, Close, Large, ImageDetail.High);
    private static readonly TileImageFormat Gpt5 = new(70, 140);
    private static readonly TileImageFormat Gpt4 = new(85, 170);
    private static readonly TileImageFormat O = new(75, 150);

    private static readonly Dictionary<string, ImageFormat> ByModel = new(StringComparer.Ordinal)
    {
        ["gpt-5.6-sol"] = Gpt56,
        ["gpt-5.6-terra"] = Gpt56,
        ["gpt-5.6-luna"] = Gpt56,
        ["gpt-5.5"] = Gpt55,
        ["gpt-5.4"] = Gpt54,
        ["gpt-5.4-mini"] = Gpt54,
        ["gpt-5.4-nano"] = Gpt54,
        ["gpt-5.2"] = Patches(120, Middle),
        ["gpt-5.1"] = Gpt5,
        ["gpt-5"] = Gpt5,
        ["gpt-5-chat-latest"] = Gpt5,
        ["gpt-5-mini"] = Patches(120, Earlier),
        ["gpt-5-nano"] = Patches(150, Earlier),
        ["gpt-4.5-preview"] = Gpt4,
        ["gpt-4.1"] = Gpt4,
        ["gpt-4.1-mini"] = Patches(162, Middle),
        ["gpt-4.1-nano"] = Patches(246, Earlier),
        ["gpt-4o"] = Gpt4,
        ["gpt-4o-mini"] = new TileImageFormat(2833, 5667),
        ["gpt-4-turbo"] = Gpt4,
        ["gpt-4-vision-preview"] = Gpt4,
        ["o1"] = O,
        ["o1-pro"] = O,
        ["o3"] = O,
        ["o4-mini"] = Patches(172, Earlier),
        ["computer-use-preview"] = new TileImageFormat(65, 129),
    };

    /// <summary>The rule of a model; null where none is documented.</summary>
    public static ImageFormat? Of(string? model) =>
        model is not null && ByModel.TryGetValue(ModelCatalog.WithoutDate(ModelCatalog.Base(model)), out ImageFormat? format) ? format : null;

    // The same limits in every detail.
    private static PatchImageFormat Patches(int hundredths, PatchLimit limit) => new(hundredths, limit, limit, limit, ImageDetail.High);
}
