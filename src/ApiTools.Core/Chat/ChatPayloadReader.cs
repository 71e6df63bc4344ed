using System.Text.Json;
using ApiTools.Errors;

namespace ApiTools.Chat;

/// <summary>
/// Reads an answer of <c>/chat/completions</c>, the whole of it or one chunk of a stream, into a builder, in one pass over its UTF-8 bytes.
/// The two shapes differ only in the name of one property: <c>message</c> holds all, <c>delta</c> what is new.
/// </summary>
internal ref struct ChatPayloadReader
{
    // A tool call beyond this is no service's answer but an attack on memory.
    private const int MaximumToolCalls = 1024;

    private const int MaximumChoices = 1024;

    private readonly ChatCompletionBuilder _builder;
    private readonly ChunkTemplate? _template;
    private JsonCursor _json;
    private bool _isError;

    private ChatPayloadReader(ReadOnlySpan<byte> json, ChatCompletionBuilder builder, ChunkTemplate? template)
    {
        _json = new JsonCursor(json);
        _builder = builder;
        _template = template;
    }

    /// <summary>Reads one answer or chunk.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="builder">What to add to.</param>
    /// <returns>False where it carries an error instead of an answer.</returns>
    /// <exception cref="JsonException">It is no JSON, or not an object.</exception>
    /// <exception cref="ApiException">No service's answer (<c>invalid_response</c>).</exception>
    public static bool Read(ReadOnlySpan<byte> json, ChatCompletionBuilder builder) => new ChatPayloadReader(json, builder, null).ReadRoot();

    /// <summary>Reads one chunk, quickly where it is like the one before it.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="builder">What to add to.</param>
    /// <param name="template">The same for all chunks of a stream, and for no other's.</param>
    /// <returns>False where it carries an error.</returns>
    /// <exception cref="JsonException">It is no JSON, or not an object.</exception>
    /// <exception cref="ApiException">No service's answer (<c>invalid_response</c>).</exception>
    public static bool ReadChunk(ReadOnlySpan<byte> json, ChatCompletionBuilder builder, ChunkTemplate template)
    {
        if (template.TryRead(json))
        {
            return true;
        }
        template.Begin();
        bool isAnswer = new ChatPayloadReader(json, builder, template).ReadRoot();
        template.End(json);
        return isAnswer;
    }

    private bool ReadRoot()
    {
        if (!_json.Next() || _json.Kind != JsonTokenType.StartObject)
        {
            throw new JsonException("The answer is no JSON object.");
        }
        while (_json.NextProperty())
        {
            if (_json.NameIs("choices"u8))
            {
                ReadChoices();
            }
            else if (_json.NameIs("id"u8))
            {
                ReadRepeated(_builder.Id);
            }
            else if (_json.NameIs("model"u8))
            {
                ReadRepeated(_builder.Model);
            }
            else if (_json.NameIs("usage"u8))
            {
                ReadUsage();
            }
            else if (_json.NameIs("error"u8))
            {
                ReadError();
            }
            else if (_json.NameIs("object"u8))
            {
                // vLLM, FastChat: {"object":"error","message":...}. No value to pass over: the next chunk may say it in the place of this one's.
                _json.Next();
                _isError |= _json.Kind == JsonTokenType.String && _json.Value.SequenceEqual("error"u8);
                _json.Skip();
            }
            else
            {
                SkipValue();
            }
        }
        // Utf8JsonReader is told that the bytes are all there are: what follows the object is a fault.
        _json.Next();
        return !_isError;
    }

    private void ReadChoices()
    {
        if (!_json.NextIs(JsonTokenType.StartArray))
        {
            return;
        }
        while (_json.NextObject())
        {
            ReadChoice();
        }
    }

    private void ReadChoice()
    {
        // "index" mostly stands first; where it does not, it is looked for. A service that sends none has one choice.
        bool isNew = _builder.GetChoice(_json.FindCount("index"u8) is int index and < MaximumChoices ? index : 0, out ChoiceBuilder choice);
        choice.IsTouched = true;
        _template?.Choice(choice, isNew);
        while (_json.NextProperty())
        {
            if (_json.NameIs("delta"u8))
            {
                ReadMessage(choice, isWhole: false);
            }
            else if (_json.NameIs("message"u8))
            {
                ReadMessage(choice, isWhole: true);
            }
            else if (_json.NameIs("finish_reason"u8))
            {
                if (ReadText() is string reason)
                {
                    _builder.Finish(choice, reason);
                }
            }
            else if (_json.NameIs("error"u8))
            {
                ReadError();
            }
            else
            {
                SkipValue();
            }
        }
    }

    private void ReadMessage(ChoiceBuilder choice, bool isWhole)
    {
        if (!_json.NextIs(JsonTokenType.StartObject))
        {
            return;
        }
        while (_json.NextProperty())
        {
            if (_json.NameIs("content"u8))
            {
                ReadContent(choice.Content);
            }
            else if (_json.NameIs("refusal"u8))
            {
                AppendText(choice.Refusal);
            }
            else if (_json.NameIs("reasoning_content"u8) || _json.NameIs("reasoning"u8))
            {
                // DeepSeek and vLLM say reasoning_content, OpenRouter reasoning.
                AppendText(choice.Reasoning);
            }
            else if (_json.NameIs("tool_calls"u8))
            {
                ReadToolCalls(choice, isWhole);
            }
            else
            {
                SkipValue();
            }
        }
    }

    // A string, or (Mistral) a list of parts of which those with text count.
    private void ReadContent(TextBuffer content)
    {
        _json.Next();
        if (_json.Kind != JsonTokenType.StartArray)
        {
            AppendValue(content);
            return;
        }
        while (_json.NextObject())
        {
            while (_json.NextProperty())
            {
                if (_json.NameIs("text"u8))
                {
                    AppendText(content);
                }
                else
                {
                    SkipValue();
                }
            }
        }
    }

    private void ReadToolCalls(ChoiceBuilder choice, bool isWhole)
    {
        if (!_json.NextIs(JsonTokenType.StartArray))
        {
            return;
        }
        while (_json.NextObject())
        {
            ReadToolCall(choice, isWhole);
        }
    }

    private void ReadToolCall(ChoiceBuilder choice, bool isWhole)
    {
        ToolCallBuilder call = GetToolCall(choice, isWhole);
        while (_json.NextProperty())
        {
            if (_json.NameIs("id"u8))
            {
                call.Id = ReadText() ?? call.Id;
            }
            else if (_json.NameIs("function"u8))
            {
                ReadFunction(call);
            }
            else
            {
                SkipValue();
            }
        }
    }

    // A whole message has no pieces: each call is the next.
    private readonly ToolCallBuilder GetToolCall(ChoiceBuilder choice, bool isWhole)
    {
        int? index = _json.FindCount("index"u8) is int found and < MaximumToolCalls ? found : null;
        if (!isWhole && choice.FindToolCall(index, _json.FindText("id"u8)) is ToolCallBuilder known)
        {
            return known;
        }
        if (choice.ToolCallCount == MaximumToolCalls)
        {
            throw ApiErrors.InvalidResponse($"The answer has more than {MaximumToolCalls} tool calls: that is no service's answer.");
        }
        _template?.Refuse();
        return choice.AddToolCall(index);
    }

    private void ReadFunction(ToolCallBuilder call)
    {
        if (!_json.NextIs(JsonTokenType.StartObject))
        {
            return;
        }
        while (_json.NextProperty())
        {
            if (_json.NameIs("name"u8))
            {
                call.Name = ReadText() ?? call.Name;
            }
            else if (_json.NameIs("arguments"u8))
            {
                AppendText(call.Arguments);
            }
            else
            {
                SkipValue();
            }
        }
    }

    private void ReadUsage()
    {
        if (_json.NextIs(JsonTokenType.StartObject))
        {
            _template?.Refuse();
            _builder.Usage = ChatUsageReader.Read(ref _json);
        }
    }

    private void ReadError()
    {
        SkipValue();
        // Null alone says that there is none.
        _isError |= _json.Kind != JsonTokenType.Null;
        _template?.Refuse();
    }

    /// <summary>The string that comes next; null for an empty one, as some services send until they know, and for anything else.</summary>
    private string? ReadText()
    {
        if (!_json.NextIs(JsonTokenType.String) || _json.Value.IsEmpty)
        {
            return null;
        }
        _template?.Refuse();
        return _json.Text();
    }

    private void ReadRepeated(RepeatedText target)
    {
        if (_json.NextIs(JsonTokenType.String))
        {
            target.Set(ref _json);
        }
    }

    private void AppendText(TextBuffer target)
    {
        _json.Next();
        AppendValue(target);
    }

    private void AppendValue(TextBuffer target)
    {
        if (_json.Kind != JsonTokenType.String)
        {
            _json.Skip();
            return;
        }
        target.Append(_json.Value, _json.IsEscaped);
        _template?.Text(_json.ValueStart, _json.Value.Length, target);
    }

    private void SkipValue()
    {
        _json.Next();
        if (_json.Kind == JsonTokenType.String)
        {
            _template?.Skipped(_json.ValueStart, _json.Value.Length);
        }
        _json.Skip();
    }
}
