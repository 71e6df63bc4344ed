namespace ApiTools.Chat;

/// <summary>A text that every chunk of a stream repeats: decoded once, and again only where its bytes change.</summary>
internal sealed class RepeatedText
{
    private byte[] _json = [];

    /// <summary>The text; null where none has come.</summary>
    public string? Value { get; private set; }

    /// <summary>Takes the string that the cursor stands on.</summary>
    public void Set(ref JsonCursor json)
    {
        if (Value is null || !json.Value.SequenceEqual(_json))
        {
            _json = json.Value.ToArray();
            Value = json.Text();
        }
    }
}
