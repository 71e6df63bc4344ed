using System.Text.Json;
using ApiTools.Tokens;

namespace ApiTools.Validation;

/// <summary>
/// Counts the tokens of a request as its model reads it: the texts with the model's encoding, what the format adds by the documented formulas (see
/// <see cref="ChatFormat"/>, <see cref="ToolFormat"/>, <see cref="ImageFormats"/>). What no formula is documented for is a guess, and is said to be one.
/// </summary>
internal sealed class ConversationCounter
{
    private readonly TextTokens _text;
    private readonly ChatFormat _format;
    private readonly ImageFormat? _images;
    private readonly ConversationNotes _notes;
    private readonly ToolTokens _tools;
    private readonly List<MessageTokens> _parts = [];
    private long _certain;

    /// <param name="encoding">What the texts are counted with.</param>
    /// <param name="model">The model, by whose formulas the rest is counted; null where it is not known.</param>
    public ConversationCounter(TokenEncoding encoding, string? model)
    {
        _text = new TextTokens(encoding);
        _format = ChatFormat.Of(model);
        _images = ImageFormats.Of(model);
        _notes = new ConversationNotes(model);
        _tools = new ToolTokens(_text, _format.Tools, _notes);
    }

    /// <summary>Counts messages, in the order given.</summary>
    public void AddMessages(IEnumerable<JsonSlice> messages)
    {
        int index = 0;
        foreach (JsonSlice message in messages)
        {
            AddMessage(message, index++);
        }
    }

    /// <summary>Counts an array of messages.</summary>
    public void AddMessages(JsonSlice messages)
    {
        JsonChildren items = messages.Children();
        while (messages.Type == JsonTokenType.StartArray && items.MoveNext())
        {
            AddMessage(items.Value, items.Index);
        }
    }

    /// <summary>Counts one message.</summary>
    public void AddMessage(JsonSlice message, int index)
    {
        JsonSlice role = message.Member("role"u8);
        MessageTokens part = new($"messages[{index}]", index, role.Type == JsonTokenType.String ? role.GetString() : null);
        part.Format = _format.PerMessage + _text.Count(role);
        JsonChildren members = message.Children();
        while (message.Type == JsonTokenType.StartObject && members.MoveNext())
        {
            AddMember(members.Name, members.Value, part);
        }
        if (part.Role is "tool" or "function")
        {
            _notes.ToolCalls();
        }
        Add(part, certain: part.Text + (_format.IsDocumented ? part.Format : 0) + (_images?.IsExact == true ? part.Images : 0));
    }

    /// <summary>Counts definitions of tools.</summary>
    /// <param name="tools">The array; one of no type has none.</param>
    /// <param name="param">The member of the request that it is.</param>
    public void AddTools(JsonSlice tools, string param)
    {
        long tokens = _tools.Count(tools);
        if (tokens > 0)
        {
            Add(new MessageTokens(param, null, null) { Text = tokens }, certain: 0);
            if (!_format.ToolsAreDocumented)
            {
                _notes.Tools();
            }
        }
    }

    /// <summary>Counts the schema that an answer has to keep to.</summary>
    public void AddResponseFormat(JsonSlice format)
    {
        JsonSlice schema = format.Member("json_schema"u8);
        if (schema.Type == JsonTokenType.StartObject)
        {
            _notes.Schema();
            Add(new MessageTokens("response_format", null, null) { Text = _text.Count(schema.Span) }, certain: 0);
        }
    }

    /// <summary>The sum, with the start of the answer.</summary>
    public ConversationCount Finish()
    {
        if (!_format.IsDocumented)
        {
            _notes.Format();
        }
        Add(new MessageTokens("reply", null, null) { Format = ChatFormat.Reply }, certain: _format.IsDocumented ? ChatFormat.Reply : 0);
        return new ConversationCount([.. _parts], _certain, _notes);
    }

    private void Add(MessageTokens part, long certain)
    {
        _parts.Add(part);
        _certain += certain;
    }

    private void AddMember(string name, JsonSlice value, MessageTokens part)
    {
        switch (name)
        {
            case "content":
                AddContent(value, part);
                break;
            case "refusal":
                part.Text += _text.Count(value);
                break;
            case "name" when value.Type == JsonTokenType.String:
                part.Format += _text.Count(value) + _format.PerName;
                break;
            case "function_call" when value.Type == JsonTokenType.StartObject:
                AddCall(value, part);
                break;
            case "tool_calls":
                AddCalls(value, part);
                break;
            case "audio" when value.Type == JsonTokenType.StartObject:
                _notes.Content("audio");
                break;
            default:
                break;
        }
    }

    private void AddContent(JsonSlice content, MessageTokens part)
    {
        part.Text += _text.Count(content);
        JsonChildren parts = content.Children();
        while (content.Type == JsonTokenType.StartArray && parts.MoveNext())
        {
            AddContentPart(parts.Value, part);
        }
    }

    private void AddContentPart(JsonSlice content, MessageTokens part)
    {
        JsonSlice type = content.Member("type"u8);
        switch (type.Type == JsonTokenType.String ? type.GetString() : null)
        {
            case "text":
                part.Text += _text.Count(content.Member("text"u8));
                break;
            case "refusal":
                part.Text += _text.Count(content.Member("refusal"u8));
                break;
            case "image_url":
                part.Images += CountImage(content.Member("image_url"u8));
                break;
            case string other:
                _notes.Content(other);
                break;
            default:
                break;
        }
    }

    private long CountImage(JsonSlice image)
    {
        if (_images is null)
        {
            _notes.Images();
            return 0;
        }
        ImageDetail detail = Detail(image.Member("detail"u8));
        ImageSize? size = _images.NeedsSize(detail) ? ReadSize(image.Member("url"u8)) : new ImageSize(1, 1);
        if (size is null)
        {
            return 0;
        }
        if (!_images.IsExact)
        {
            _notes.Patches();
        }
        return _images.Count(size.Value, detail);
    }

    private ImageSize? ReadSize(JsonSlice url)
    {
        ReadOnlySpan<byte> address = url.Type == JsonTokenType.String ? JsonSliceText.Plain(url) : default;
        if (!DataUri.IsOne(address))
        {
            _notes.RemoteImage();
            return null;
        }
        ImageSize? size = DataUri.ReadSize(address);
        if (size is null)
        {
            _notes.UnreadableImage();
        }
        return size;
    }

    private static ImageDetail Detail(JsonSlice detail) => detail switch
    {
        _ when detail.IsText("low"u8) => ImageDetail.Low,
        _ when detail.IsText("high"u8) => ImageDetail.High,
        _ when detail.IsText("original"u8) => ImageDetail.Original,
        _ => ImageDetail.Auto,
    };

    private void AddCalls(JsonSlice calls, MessageTokens part)
    {
        JsonChildren items = calls.Children();
        while (calls.Type == JsonTokenType.StartArray && items.MoveNext())
        {
            AddCall(items.Value.Member("function"u8), part);
            AddCall(items.Value.Member("custom"u8), part);
        }
    }

    private void AddCall(JsonSlice call, MessageTokens part)
    {
        if (call.Type != JsonTokenType.StartObject)
        {
            return;
        }
        _notes.ToolCalls();
        part.ToolCalls += _text.Count(call.Member("name"u8)) + _text.Count(call.Member("arguments"u8)) + _text.Count(call.Member("input"u8));
    }
}
