namespace ApiTools.Batch;

/// <summary>One thing in which a job differs from the one before it in the same journal.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Old">What it was; null where it was not given.</param>
/// <param name="New">What it is; null where it is not given.</param>
/// <param name="IsText">True for a prompt or a system message, of which a journal holds a digest alone.</param>
internal sealed record JobChange(string Name, string? Old, string? New, bool IsText)
{
    /// <summary>In words.</summary>
    public override string ToString() => IsText ? $"{Name} changed" : $"{Name} from {Old ?? "none"} to {New ?? "none"}";
}
