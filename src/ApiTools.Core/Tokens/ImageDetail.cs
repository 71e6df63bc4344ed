namespace ApiTools.Tokens;

/// <summary>How closely a model looks at an image: the <c>detail</c> of an <c>image_url</c>.</summary>
internal enum ImageDetail
{
    /// <summary>As the model does by default.</summary>
    Auto,

    /// <summary>Coarsely, for few tokens.</summary>
    Low,

    /// <summary>Closely.</summary>
    High,

    /// <summary>At its own size, where the model can.</summary>
    Original,
}
