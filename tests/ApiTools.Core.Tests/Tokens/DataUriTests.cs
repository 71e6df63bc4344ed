using System.Text;
using ApiTools.Tokens;

namespace ApiTools.Core.Tests.Tokens;

public sealed class DataUriTests
{
    public static TheoryData<string, string, int, int> Images => new()
    {
        { "a PNG", "89504E470D0A1A0A0000000D49484452000004D2000002370806000000", 1234, 567 },
        { "a GIF", "47494638396164003200F70000", 100, 50 },
        { "a lossy WebP", "52494646240000005745425056503820180000003001009D012A2C01C8000200340000", 300, 200 },
        { "a lossless WebP", "5249464624000000574542505650384C180000002F2B81310000000000000000", 300, 199 },
        { "an extended WebP", "52494646240000005745425056503858" + "0A000000" + "10000000" + "FF0300" + "FF0100" + "0000", 1024, 512 },
        { "a JPEG", "FFD8FFE000104A46494600010101006000600000" + "FFC0001108010002000301220002110103110100", 512, 256 },
        { "a progressive JPEG behind a table and fill bytes", "FFD8FFDB000400FFFFFFC40003AAFFC200110801000200030122", 512, 256 },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public void The_size_of_an_image_is_read_from_its_beginning(string what, string hex, int width, int height)
    {
        Assert.NotEmpty(what);
        Assert.Equal(new ImageSize(width, height), Read(Convert.FromHexString(hex)));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void What_ends_before_its_size_has_none_and_breaks_nothing(string what, string hex, int width, int height)
    {
        Assert.NotEmpty(what);
        byte[] image = Convert.FromHexString(hex);
        for (int length = 0; length < image.Length; length++)
        {
            ImageSize? size = Read(image[..length]);
            Assert.True(size is null || size == new ImageSize(width, height));
        }
    }

    [Fact]
    public void Random_bytes_behind_a_beginning_break_nothing()
    {
        Random random = new(11);
        string[] starts = ["FFD8FF", "89504E470D0A1A0A", "474946383961", "52494646000000005745425056503858", "524946460000000057454250"];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] rest = new byte[random.Next(0, 60)];
            random.NextBytes(rest);
            Read([.. Convert.FromHexString(starts[i % starts.Length]), .. rest]);
        }
    }

    [Theory]
    [InlineData("https://example.com/a.png", false)]
    [InlineData("data:image/png;base64", true)]
    [InlineData("data:image/png,abc", true)]
    [InlineData("data:image/png;base64,!!!!", true)]
    public void What_is_no_image_in_base64_has_no_size(string address, bool isData)
    {
        Assert.Equal(isData, DataUri.IsOne(Encoding.UTF8.GetBytes(address)));
        Assert.Null(DataUri.ReadSize(Encoding.UTF8.GetBytes(address)));
    }

    private static ImageSize? Read(byte[] image) =>
        DataUri.ReadSize(Encoding.UTF8.GetBytes("data:image/x;base64," + Convert.ToBase64String(image)));
}
