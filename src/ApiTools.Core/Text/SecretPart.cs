namespace ApiTools.Text;

/// <summary>
/// What follows the beginning of a secret, piece by piece. A piece takes as much as it can and gives nothing back, so that a text is read once.
/// </summary>
internal abstract class SecretPart
{
    /// <summary>The same as a regular expression, which has regard to case: what a test compares it with.</summary>
    public abstract string Expression { get; }

    /// <summary>True where the piece may take nothing, so that what follows it may begin in its place.</summary>
    public abstract bool MayBeNothing { get; }

    /// <summary>True where the piece, if it takes something, may begin with that character of ASCII.</summary>
    public abstract bool MayBegin(char c);

    /// <summary>A character of ASCII without which, somewhere behind, the piece does not stand; null where there is none.</summary>
    public virtual char? Needs => null;

    /// <summary>Where the piece that begins there ends; negative where none does.</summary>
    public abstract int End(ReadOnlySpan<char> text, int at);
}
