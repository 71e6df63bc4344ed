using System.Globalization;
using ApiTools.Errors;

namespace ApiTools.Validation;

/// <summary>Collects what a check finds, by where it stands in the text, and puts it in document order at the end.</summary>
internal sealed class FindingList
{
    /// <summary>How many errors and how many warnings a report holds: a request with more has one cause many times over.</summary>
    public const int Maximum = 1000;

    private readonly List<(int Offset, FindingSeverity Severity, string Code, RequestPath Path, string Message, string? Fix)> _found = [];

    private int _errors;
    private int _warnings;
    private bool _leftOut;

    /// <summary>True where no more are wanted. Warnings alone fill no list: an error that comes after them decides.</summary>
    public bool IsFull => _errors >= Maximum;

    /// <summary>True where more warnings are wanted.</summary>
    public bool WantsWarnings
    {
        get
        {
            _leftOut |= _warnings >= Maximum;
            return _warnings < Maximum;
        }
    }

    public void Error(string code, int offset, RequestPath path, string message, string? fix = null) =>
        Add(FindingSeverity.Error, code, offset, path, message, fix);

    public void Warning(string code, int offset, RequestPath path, string message, string? fix = null) =>
        Add(FindingSeverity.Warning, code, offset, path, message, fix);

    public void Add(FindingSeverity severity, string code, int offset, RequestPath path, string message, string? fix)
    {
        ref int count = ref severity == FindingSeverity.Error ? ref _errors : ref _warnings;
        if (count >= Maximum)
        {
            _leftOut = true;
        }
        else
        {
            count++;
            _found.Add((offset, severity, code, path, message, fix));
        }
    }

    /// <summary>The findings in document order; where two stand at one place, in the order found.</summary>
    /// <param name="text">The text that the offsets are of.</param>
    /// <param name="options">Whether there are positions to tell, and the number of the first line.</param>
    public IReadOnlyList<Finding> InOrder(ReadOnlyMemory<byte> text, RequestCheckOptions options)
    {
        if (_found.Count == 0)
        {
            return [];
        }
        TextPositions positions = new(text.Span, options.FirstLine);
        List<Finding> findings = new(_found.Count);
        foreach ((int offset, FindingSeverity severity, string code, RequestPath path, string message, string? fix) in _found.OrderBy(found => found.Offset))
        {
            (int Line, int Column)? position = options.HasPositions ? positions.Locate(offset) : null;
            findings.Add(new Finding(severity, code, path.Param, message, Solution(code), position?.Line, position?.Column, fix)
            {
                Excerpt = position is null ? null : TextExcerpt.Create(text.Span, Math.Min(offset, text.Length)),
            });
        }
        if (IsFull || _leftOut)
        {
            string limit = Maximum.ToString("N0", CultureInfo.InvariantCulture);
            findings.Add(new Finding(
                FindingSeverity.Warning, "invalid_value", null, $"Only the first {limit} findings are told.", Solution("invalid_value"), null, null, null));
        }
        return findings;
    }

    private static string Solution(string code) => ApiErrorCatalog.Find(code)!.Solution;
}
