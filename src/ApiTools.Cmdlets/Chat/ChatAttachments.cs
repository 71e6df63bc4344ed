using System.Collections;
using System.Management.Automation;
using ApiTools.Attachments;
using ApiTools.Errors;
using ApiTools.Text;
using ApiTools.Tokens;

namespace ApiTools.Cmdlets;

/// <summary>What goes along with a command's prompts: the same with each, read once, or by a template with each its own. For the pipeline thread.</summary>
internal sealed class ChatAttachments
{
    private readonly InvokeApiChatCommand _command;
    private readonly Func<Func<CancellationToken, Task<ChatAttachment>>, ChatAttachment> _await;
    private readonly AttachmentReader _reader;

    // One a value that was given; null where it is a template.
    private readonly List<(PromptTemplate? Template, IReadOnlyList<ChatAttachment> Fixed)> _given = [];

    /// <param name="command">The command that was given them.</param>
    /// <param name="await">Does background work to its end.</param>
    /// <exception cref="ApiException">One that is the same for all inputs cannot be read, or is nothing that is sent.</exception>
    public ChatAttachments(InvokeApiChatCommand command, Func<Func<CancellationToken, Task<ChatAttachment>>, ChatAttachment> @await)
    {
        _command = command;
        _await = @await;
        _reader = new AttachmentReader(command.ImageDetail);
        foreach (object? value in Flatten(command.Attachment))
        {
            PromptTemplate? template = value is string text ? PromptTemplate.Parse(text) : null;
            _given.Add(template is { HasPlaceholders: true } ? (template, []) : (null, Read(value, Room(Fixed))));
        }
        if (command.ImageDetail is not null && _given.Count == 0)
        {
            throw Invalid("-ImageDetail is about images, and there are none: give -Attachment.");
        }
    }

    /// <summary>Whether there are any.</summary>
    public bool Any => _given.Count > 0;

    /// <summary>Whether one depends on the input.</summary>
    public bool HasPlaceholders => _given.Exists(given => given.Template is not null);

    /// <summary>Those that are the same for all inputs.</summary>
    public IEnumerable<ChatAttachment> Fixed => _given.SelectMany(given => given.Fixed);

    /// <summary>Those of one input, in the order given.</summary>
    /// <param name="input">The input that fills the templates.</param>
    /// <param name="hasFixed">Whether those that are the same for all go along.</param>
    /// <exception cref="ApiException">One cannot be read, or is nothing that is sent.</exception>
    public IReadOnlyList<ChatAttachment> For(object? input, bool hasFixed)
    {
        List<ChatAttachment> all = [];
        foreach ((PromptTemplate? template, IReadOnlyList<ChatAttachment> @fixed) in _given)
        {
            if (template is not null)
            {
                foreach (object? value in Flatten(template.Value(input)))
                {
                    all.AddRange(Read(value, Room(all)));
                }
            }
            else if (hasFixed)
            {
                all.AddRange(@fixed);
            }
        }
        _ = Room(all) < 0 ? throw Invalid($"The attachments are too large: together they are more than the {AttachmentReader.MaximumBytes >> 20} MB that a request takes.") : 0;
        return all;
    }

    /// <summary>What an attachment is, in a line.</summary>
    /// <param name="attachment">The attachment.</param>
    /// <param name="model">The model that is asked.</param>
    public string Describe(ChatAttachment attachment, string? model)
    {
        string name = attachment.Name is null ? "bytes" : $"'{VisibleText.Line(Redactor.Redact(attachment.Name), 200)}'";
        if (attachment.MediaType is null)
        {
            return $"Attached {name}: the service fetches it, and its tokens are in no count.";
        }
        string size = attachment.Size is ImageSize image ? FormattableString.Invariant($", {image.Width} x {image.Height}{Tokens(image, model)}") : string.Empty;
        string unknown = attachment.MediaType == AttachmentParts.PdfType ? ", whose tokens are not documented and in no count" : string.Empty;
        return FormattableString.Invariant($"Attached {name}: {attachment.MediaType}, {attachment.Bytes:N0} bytes{size}{unknown}.");
    }

    private string Tokens(ImageSize size, string? model)
    {
        ImageDetail detail = _command.ImageDetail is string given && Enum.TryParse(given, ignoreCase: true, out ImageDetail known) ? known : ImageDetail.Auto;
        return ImageFormats.Of(model) is ImageFormat format
            ? FormattableString.Invariant($", {format.Count(size, detail):N0} tokens at '{VisibleText.Line(model, 60)}'")
            : string.Empty;
    }

    private static long Room(IEnumerable<ChatAttachment> taken) => AttachmentReader.MaximumBytes - taken.Sum(attachment => attachment.Bytes);

    // Bytes are one attachment, also where PowerShell has made an array of objects of them.
    private static IEnumerable<object?> Flatten(object? given)
    {
        object? value = Bare.Of(given);
        switch (value)
        {
            case null:
                return [];
            case string or byte[]:
                return [value];
            case IEnumerable<byte> bytes:
                return [bytes.ToArray()];
            case IList items:
                object?[] plain = [.. items.Cast<object?>().Select(Bare.Of)];
                return plain.Length > 0 && Array.TrueForAll(plain, item => item is byte)
                    ? [plain.Cast<byte>().ToArray()]
                    : plain.SelectMany(item => item is IList ? Flatten(item) : [item]);
            default:
                return [value];
        }
    }

    private List<ChatAttachment> Read(object? value, long room) => value switch
    {
        byte[] bytes => [_await(token => _reader.ReadBytesAsync(bytes, room, token))],
        FileInfo file => [ReadFile(file.FullName, room)],
        DirectoryInfo folder => throw ApiErrors.FileUnreadable(folder.FullName, "it is a folder."),
        Uri { IsAbsoluteUri: true, IsFile: true } uri => [ReadFile(uri.LocalPath, room)],
        Uri uri => ReadText(uri.OriginalString, room),
        string text => ReadText(text, room),
        null => throw Invalid("An attachment is $null."),
        _ => throw Invalid($"A {value.GetType().FullName} is no attachment: a path, an address, a file or bytes are."),
    };

    private List<ChatAttachment> ReadText(string text, long room)
    {
        if (text.Length == 0)
        {
            throw Invalid("The path of an attachment is empty.");
        }
        if (Begins(text, "data:"))
        {
            return [_await(token => _reader.ReadDataUriAsync(text, room, token))];
        }
        if (Begins(text, "http://") || Begins(text, "https://"))
        {
            return Uri.TryCreate(text, UriKind.Absolute, out _) ? [_reader.Address(text)] : throw Invalid($"'{text}' is no address.");
        }
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && !uri.IsFile && text.IndexOf("://", StringComparison.Ordinal) > 0)
        {
            throw Invalid($"'{text}' has the scheme '{uri.Scheme}': services fetch images by http and https.");
        }
        return uri is { IsFile: true } && Begins(text, "file:") ? [ReadFile(uri.LocalPath, room)] : ReadPath(text, room);
    }

    // A name is taken as it is where there is such a file; brackets are in many.
    private List<ChatAttachment> ReadPath(string path, long room)
    {
        string file = FilePaths.Full(_command.SessionState, path);
        if (File.Exists(file) || !WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [ReadFile(file, room)];
        }
        List<ChatAttachment> all = [];
        foreach (string found in FilePaths.Resolve(_command.SessionState, path))
        {
            all.Add(ReadFile(found, room - all.Sum(attachment => attachment.Bytes)));
        }
        return all;
    }

    private ChatAttachment ReadFile(string file, long room) => _await(token => _reader.ReadFileAsync(file, Path.GetFileName(file), room, token));

    private static bool Begins(string text, string scheme) => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);

    private static ApiException Invalid(string message) => ApiErrors.AttachmentInvalid(message);
}
