namespace ApiTools.Measuring;

/// <summary>The running sum of measures. Exact where all of them are.</summary>
/// <param name="model">The model that all were measured for; null where each may have been for another.</param>
/// <param name="maxTokens">Tokens to keep for the answer, once for all.</param>
internal sealed class TokenSum(string? model, long maxTokens)
{
    // Notes name models, of which there may be many.
    private const int MaximumNotes = 20;

    private readonly List<string> _notes = [];
    private string? _encoding;
    private long _tokens;
    private long _characters;
    private long _bytes;
    private int _count;
    private bool _isEstimate;

    /// <summary>Adds one.</summary>
    public void Add(TokenMeasure measure)
    {
        _encoding = _count == 0 || _encoding == measure.Encoding ? measure.Encoding : null;
        _tokens += measure.Tokens;
        _characters += measure.Characters;
        _bytes += measure.Bytes;
        _count++;
        _isEstimate |= measure.Method == TokenMethod.Estimate;
        _notes.AddRange(measure.Notes.Except(_notes).Take(MaximumNotes - _notes.Count));
    }

    /// <summary>The sum.</summary>
    public TokenMeasure ToMeasure() => new(model)
    {
        Tokens = _tokens,
        Method = _isEstimate ? TokenMethod.Estimate : TokenMethod.Exact,
        Encoding = _encoding,
        Characters = _characters,
        Bytes = _bytes,
        MaxTokens = maxTokens,
        Count = _count,
        Notes = [.. _notes],
    };
}
