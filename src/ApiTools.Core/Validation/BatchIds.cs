namespace ApiTools.Validation;

/// <summary>The ids of a batch's lines, each of which may be there once. As many are remembered as the Batch API takes, so that any file is read in bounded memory.</summary>
internal sealed class BatchIds
{
    /// <summary>How many requests a batch may have (https://platform.openai.com/docs/guides/batch).</summary>
    public const int Maximum = 50_000;

    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Adds a line's id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="line">The line's number.</param>
    /// <returns>The number of the line that has it already; null where none has.</returns>
    public int? Add(string id, int line)
    {
        if (_lines.TryGetValue(id, out int before))
        {
            return before;
        }
        if (_lines.Count < Maximum)
        {
            _lines.Add(id, line);
        }
        return null;
    }

    /// <summary>Counts a line; true for the first one that is too many.</summary>
    public bool IsOneTooMany() => ++_count == Maximum + 1;
}
