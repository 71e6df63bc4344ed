using ApiTools.Tokens;

namespace ApiTools.Validation;

/// <summary>The model that a request names, with what is known of it. Of the same model as in the last request nothing is looked up again.</summary>
internal sealed class RequestModel
{
    // A longer name is nobody's, and is not kept.
    private const int MaximumKept = 256;

    private byte[] _utf8 = [];
    private string? _name;
    private KnownModel? _known;
    private ModelReasoning _reasoning;
    private IReadOnlyList<string>? _lookedAt;
    private bool _isInIt;
    private string? _encoding;
    private ImageFormat? _images;

    /// <summary>Its name; null where the request names none.</summary>
    public string? Name { get; private set; }

    /// <summary>What is known of it; null where nothing is.</summary>
    public KnownModel? Known => Name is null ? null : _known;

    /// <summary>The name of its encoding; null where that is not known.</summary>
    public string? Encoding => Name is null ? null : _encoding;

    /// <summary>How it counts images; null where that is not documented.</summary>
    public ImageFormat? Images => Name is null ? null : _images;

    /// <summary>Whether it reasons.</summary>
    public ModelReasoning Reasoning => Name is null ? ModelReasoning.None : _reasoning;

    /// <summary>Whether it is one of OpenAI's, under its own name: not by way of a gateway, which has rules of its own.</summary>
    public bool IsOpenAI => Known is not null && Name!.IndexOf('/') < 0;

    /// <summary>Takes the model of a request.</summary>
    public void Set(JsonSlice model)
    {
        ReadOnlySpan<byte> text = JsonSliceText.Plain(model);
        if (_name is null || !text.SequenceEqual(_utf8))
        {
            _name = model.GetString();
            _known = ModelCatalog.Find(_name);
            _reasoning = ModelCatalog.Reasoning(_name);
            _lookedAt = null;
            _encoding = ModelEncodings.Find(_name);
            _images = ImageFormats.Of(_name);
            _utf8 = text.Length <= MaximumKept ? text.ToArray() : [];
        }
        Name = _name;
        if (_utf8.Length == 0)
        {
            _name = null;
        }
    }

    /// <summary>Whether it is one of a list, which is one object for all requests of a service and never changes.</summary>
    public bool IsIn(IReadOnlyList<string> names)
    {
        if (!ReferenceEquals(names, _lookedAt))
        {
            _isInIt = names.Contains(Name);
            _lookedAt = names;
        }
        return _isInIt;
    }

    /// <summary>A new request, which names none so far.</summary>
    public void Clear() => Name = null;
}
