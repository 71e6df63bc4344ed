namespace ApiTools.Validation;

/// <summary>The ids of a batch's lines, each of which may be there once. As many are remembered as the Batch API takes, so that any file is read in bounded memory.</summary>
internal sealed class BatchIds
{
    /// <summary>How many requests a batch may have (https://platform.openai.com/docs/guides/batch).</summary>
    public const int Maximum = 50_000;

    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private int _count;
    private int _last;

    /// <summary>Adds a line's id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="line">The line's number.</param>
    /// <returns>The number of the line before that has it already; null where none has. A line may be asked for again.</returns>
    public int? Add(string id, int line)
    {
        if (_lines.TryGetValue(id, out int before))
        {
            return before == line ? null : before;
        }
        if (_lines.Count < Maximum)
        {
            _lines.Add(id, line);
        }
        return null;
    }

    /// <summary>Counts a line, once; true for the first one that is too many.</summary>
    public bool IsOneTooMany(int line)
    {
        _count += line == _last ? 0 : 1;
        _last = line;
        return _count == Maximum + 1;
    }
}
