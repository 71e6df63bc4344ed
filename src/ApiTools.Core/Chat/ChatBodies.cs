using System.Text.Json;
using ApiTools.Http;

namespace ApiTools.Chat;

/// <summary>A call's request as it goes to each of its models: the bytes given, with the model's name replaced for a fallback, and max_tokens called as the model has it.</summary>
internal sealed class ChatBodies(ChatCall call, MaxTokensNames names)
{
    private string? _model;
    private string? _name;
    private byte[]? _body;

    /// <summary>The bytes for a model; made once while the model and its name for max_tokens stay the same.</summary>
    public byte[] For(string? model)
    {
        string? name = call.MaxTokensIsOurs ? names.Find(model) : null;
        if (_body is null || !string.Equals(_model, model, StringComparison.Ordinal) || _name != name)
        {
            _body = Make(model, name);
            _model = model;
            _name = name;
        }
        return _body;
    }

    private byte[] Make(string? model, string? name)
    {
        try
        {
            byte[] body = string.Equals(model, call.Model, StringComparison.Ordinal)
                ? call.Body
                : ChatRequestWriter.Override(call.Body, new ChatParameters { Model = model }, null);
            return name is null ? body : MaxTokensParameter.Rename(body, name);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Bytes that are no JSON, or have names that are no text, are sent as they are, where the caller wanted no check: the service says what is wrong.
            return call.Body;
        }
    }
}
