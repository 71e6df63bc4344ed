using System.Globalization;
using ApiTools.Errors;

namespace ApiTools.Validation;

/// <summary>Collects what a check finds, by where it stands in the text, and puts it in document order at the end.</summary>
internal sealed class FindingList
{
    /// <summary>How many findings a report holds: a request with more has one cause many times over.</summary>
    public const int Maximum = 1000;

    private readonly List<(int Offset, FindingSeverity Severity, string Code, RequestPath Path, string Message, string? Fix)> _found = [];

    /// <summary>True where no more are wanted.</summary>
    public bool IsFull => _found.Count >= Maximum;

    public void Error(string code, int offset, RequestPath path, string message, string? fix = null) =>
        Add(FindingSeverity.Error, code, offset, path, message, fix);

    public void Warning(string code, int offset, RequestPath path, string message, string? fix = null) =>
        Add(FindingSeverity.Warning, code, offset, path, message, fix);

    public void Add(FindingSeverity severity, string code, int offset, RequestPath path, string message, string? fix)
    {
        if (!IsFull)
        {
            _found.Add((offset, severity, code, path, message, fix));
        }
    }

    /// <summary>The findings in document order; where two stand at one place, in the order found.</summary>
    /// <param name="text">The text that the offsets are of.</param>
    /// <param name="options">Whether there are positions to tell, and the number of the first line.</param>
    public IReadOnlyList<Finding> InOrder(ReadOnlyMemory<byte> text, RequestCheckOptions options)
    {
        TextPositions positions = new(text, options.FirstLine);
        List<Finding> findings = new(_found.Count);
        foreach ((int offset, FindingSeverity severity, string code, RequestPath path, string message, string? fix) in _found.OrderBy(found => found.Offset))
        {
            (int Line, int Column)? position = options.HasPositions ? positions.Locate(offset) : null;
            findings.Add(new Finding(severity, code, path.Param, message, Solution(code), position?.Line, position?.Column, fix));
        }
        if (IsFull)
        {
            string limit = Maximum.ToString("N0", CultureInfo.InvariantCulture);
            findings.Add(new Finding(
                FindingSeverity.Warning, "invalid_value", null, $"Only the first {limit} findings are told.", Solution("invalid_value"), null, null, null));
        }
        return findings;
    }

    private static string Solution(string code) => ApiErrorCatalog.Find(code)!.Solution;
}
