using ApiTools.Tokens;

namespace ApiTools.Attachments;

/// <summary>Something that goes along with a prompt, as it is sent.</summary>
internal sealed record ChatAttachment
{
    /// <summary>What it is called: a file's name, an address; null for bytes.</summary>
    public string? Name { get; init; }

    /// <summary>What it is, by its content: <c>image/png</c>, <c>text/plain</c>; null for what the service fetches itself.</summary>
    public string? MediaType { get; init; }

    /// <summary>Its length, in bytes; 0 for what the service fetches itself.</summary>
    public long Bytes { get; init; }

    /// <summary>An image's size; null for what is none.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>The part of a message's content that it becomes, UTF-8 JSON.</summary>
    public required byte[] Part { get; init; }
}
