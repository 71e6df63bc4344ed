namespace ApiTools.Repair;

/// <summary>Mends no syntax.</summary>
internal sealed class NoMender : ISyntaxMender
{
    /// <summary>The one there is.</summary>
    public static NoMender Instance { get; } = new();

    public IReadOnlyList<SyntaxMend> Find(ReadOnlyMemory<byte> text) => [];
}
