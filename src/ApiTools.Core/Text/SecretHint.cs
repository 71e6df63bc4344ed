namespace ApiTools.Text;

/// <summary>What a text can hold.</summary>
internal enum SecretHint
{
    /// <summary>No secret.</summary>
    None,

    /// <summary>No secret but keys that begin with a known word and a hyphen.</summary>
    Keys,

    /// <summary>Any secret.</summary>
    Any,
}
