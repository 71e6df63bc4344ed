using ApiTools.Tokens;

namespace ApiTools.Core.Tests.Tokens;

public sealed class ImageFormatsTests
{
    [Theory]
    // The guide's own examples, of today's version and of those before it.
    [InlineData("gpt-5.4", "High", 1024, 1024, 1229)]
    [InlineData("gpt-5.4", "High", 2048, 2048, 3000)]
    [InlineData("gpt-4o", "High", 1024, 1024, 765)]
    [InlineData("gpt-4o", "High", 2048, 4096, 1105)]
    [InlineData("gpt-4o", "Low", 4096, 8192, 85)]
    // 1452 patches of 1.62 tokens: the guide's example of a budget of 1,536 patches, for a model that has it still.
    [InlineData("gpt-4.1-nano", "Auto", 1800, 2400, 3572)]
    [InlineData("o4-mini", "Auto", 1024, 1024, 1762)]
    // What was billed (community.openai.com/t/1281361), without the 8 tokens of the message.
    [InlineData("gpt-4.1", "High", 2049, 513, 1445)]
    [InlineData("gpt-4.1", "High", 2050, 513, 765)]
    // By hand, from the tables.
    [InlineData("gpt-4o", "Auto", 512, 512, 255)]
    [InlineData("gpt-4o", "High", 1, 1, 255)]
    [InlineData("gpt-4o-mini", "High", 1024, 1024, 25501)]
    [InlineData("gpt-4o-mini-2024-07-18", "Low", 1024, 1024, 2833)]
    [InlineData("o1", "High", 1024, 1024, 675)]
    [InlineData("gpt-5", "High", 1024, 1024, 630)]
    [InlineData("gpt-5.4", "Low", 2048, 2048, 4916)]
    [InlineData("gpt-5.4", "Auto", 2048, 2048, 3000)]
    [InlineData("gpt-5.5", "Low", 2048, 1024, 154)]
    [InlineData("gpt-5.5", "Auto", 3200, 3200, 12000)]
    [InlineData("gpt-5.5", "Auto", 12000, 32, 226)]
    [InlineData("gpt-5.6-sol", "Original", 6400, 6400, 48000)]
    [InlineData("gpt-5.2", "High", 4096, 4096, 4916)]
    public void An_image_takes_the_tokens_that_the_guide_says(string model, string detail, int width, int height, long tokens) =>
        Assert.Equal(tokens, ImageFormats.Of(model)!.Count(new ImageSize(width, height), Enum.Parse<ImageDetail>(detail)));

    [Theory]
    [InlineData("gpt-5.4", "High")]
    [InlineData("gpt-5.4", "Original")]
    [InlineData("gpt-4.1-nano", "High")]
    public void No_image_takes_more_patches_than_the_budget(string model, string detail)
    {
        (int patches, double tokens) = detail == "Original" ? (10_000, 1.2) : model == "gpt-5.4" ? (2_500, 1.2) : (1_536, 2.46);
        Random random = new(7);
        for (int i = 0; i < 20_000; i++)
        {
            ImageSize size = new(random.Next(1, 1 << random.Next(1, 17)), random.Next(1, 1 << random.Next(1, 17)));
            long count = ImageFormats.Of(model)!.Count(size, Enum.Parse<ImageDetail>(detail));
            Assert.InRange(count, 1, (long)Math.Ceiling(patches * tokens));
        }
    }

    [Theory]
    [InlineData("gpt-4o", 1445)]
    [InlineData("gpt-4o-mini", 48169)]
    [InlineData("gpt-5.4", 12000)]
    [InlineData("gpt-5.2", 4916)]
    [InlineData("gpt-4.1-nano", 3779)]
    [InlineData("gpt-5.6-sol", 5033165)]
    public void No_image_takes_more_than_the_most_in_any_detail(string model, long most)
    {
        ImageFormat format = ImageFormats.Of(model)!;
        Assert.Equal(most, format.Most);
        Random random = new(9);
        for (int i = 0; i < 20_000; i++)
        {
            ImageSize size = new(random.Next(1, 1 << random.Next(1, 17)), random.Next(1, 1 << random.Next(1, 17)));
            foreach (ImageDetail detail in Enum.GetValues<ImageDetail>())
            {
                Assert.InRange(format.Count(size, detail), 1, most);
            }
        }
    }

    [Theory]
    [InlineData("gpt-3.5-turbo")]
    [InlineData("llama3")]
    [InlineData(null)]
    public void A_model_without_a_documented_rule_has_none(string? model) => Assert.Null(ImageFormats.Of(model));
}
