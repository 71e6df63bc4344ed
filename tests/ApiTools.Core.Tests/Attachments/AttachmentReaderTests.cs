#if NET
using System.ClientModel.Primitives;
using System.Text;
#endif
using ApiTools.Attachments;
#if NET
using ApiTools.Chat;
using ApiTools.Validation;
using OpenAI.Chat;
#endif

namespace ApiTools.Core.Tests.Attachments;

public sealed class AttachmentReaderTests
{
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

#if NET
    [Fact]
    public async Task The_SDK_reads_the_parts_as_they_were_meant_and_the_check_finds_nothing()
    {
        AttachmentReader reader = new("high");
        ChatAttachment image = await reader.ReadBytesAsync(Png, AttachmentReader.MaximumBytes, default);
        ChatAttachment pdf = await reader.ReadBytesAsync(Encoding.ASCII.GetBytes("%PDF-1.7 x"), AttachmentReader.MaximumBytes, default);
        ChatAttachment text = await reader.ReadBytesAsync(Encoding.UTF8.GetBytes("\ufeffnotes"), AttachmentReader.MaximumBytes, default);
        byte[] message = AttachmentParts.Message("What?", [image, pdf, text, reader.Address("https://example.com/a.png")]);
        byte[] request = ChatRequestWriter.Write([message], new ChatParameters { Model = "gpt-4o" });

        UserChatMessage read = Assert.IsType<UserChatMessage>(ModelReaderWriter.Read<OpenAI.Chat.ChatMessage>(BinaryData.FromBytes(message)));
        Assert.Equal(5, read.Content.Count);
        Assert.Equal("What?", read.Content[0].Text);
        Assert.Equal(("image/png", ChatImageDetailLevel.High), (read.Content[1].ImageBytesMediaType, read.Content[1].ImageDetailLevel));
        Assert.Equal(Png, read.Content[1].ImageBytes.ToArray());
#pragma warning disable OPENAI001 // Said to be for evaluation.
        Assert.Equal(("attachment.pdf", "application/pdf"), (read.Content[2].Filename, read.Content[2].FileBytesMediaType));
#pragma warning restore OPENAI001
        Assert.Equal("notes", read.Content[3].Text);
        Assert.Equal(new Uri("https://example.com/a.png"), read.Content[4].ImageUri);
        Assert.Empty(RequestValidator.Validate(request, RequestCheckOptions.Default).Findings);
    }
#endif

    [Theory]
    [InlineData("89504e470d0a1a0a", "The attachment begins as image/png does, and is no whole image: it has no size.")]
    [InlineData("", "The attachment is empty.")]
    [InlineData("424d3c00", "The attachment is a BMP image. Images in PNG, JPEG, GIF and WebP, PDF, and text in UTF-8 or UTF-16 can be attached.")]
    [InlineData("00000018667479706865696300000000", "The attachment is a HEIC image. Images in PNG, JPEG, GIF and WebP, PDF, and text in UTF-8 or UTF-16 can be attached.")]
    [InlineData("61000062", "The attachment is neither UTF-8 nor UTF-16 with a byte order mark. Images in PNG, JPEG, GIF and WebP, PDF, and text in UTF-8 or UTF-16 can be attached.")]
    public async Task What_is_nothing_that_is_sent_is_refused_by_its_content(string hex, string message)
    {
        ApiException exception = await Assert.ThrowsAsync<ApiRequestException>(() => new AttachmentReader(null).ReadBytesAsync(Convert.FromHexString(hex), AttachmentReader.MaximumBytes, default));
        Assert.Equal(("invalid_value", "Attachment", message), (exception.Code, exception.Param, exception.Message));
    }

    [DotNetFact("nothing tells what a thread allocates")]
    public async Task A_file_that_is_too_large_is_not_read()
    {
        string path = Path.GetTempFileName();
        try
        {
            using (FileStream file = File.OpenWrite(path))
            {
                file.SetLength(300L << 20);
            }
            long before = GC.GetAllocatedBytesForCurrentThread();
            ApiException exception = await Assert.ThrowsAsync<ApiRequestException>(() => new AttachmentReader(null).ReadFileAsync(path, "huge.png", AttachmentReader.MaximumBytes, default));
            Assert.Equal("'huge.png' is too large: it is 300.0 MB, and a request takes 50 MB of attachments.", exception.Message);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // As a pipe's, the length of the system's own files is not known before they are read.
    [Fact]
    public async Task A_file_whose_length_is_not_known_is_read_as_far_as_there_is_room()
    {
        const string Unknown = "/proc/self/status";
        if (!File.Exists(Unknown))
        {
            return;
        }
        ApiException exception = await Assert.ThrowsAsync<ApiRequestException>(() => new AttachmentReader(null).ReadFileAsync(Unknown, "status", 1, default));
        Assert.Matches("^'status' is too large: it is [0-9,]+ bytes, and a request takes 50 MB of attachments together with the others\\.$", exception.Message);
        Assert.Equal("text/plain", (await new AttachmentReader(null).ReadFileAsync(Unknown, "status", AttachmentReader.MaximumBytes, default)).MediaType);
    }
}
