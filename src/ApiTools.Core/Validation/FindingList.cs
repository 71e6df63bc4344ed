using System.Globalization;
using ApiTools.Errors;

namespace ApiTools.Validation;

/// <summary>Collects what a check finds, by where it stands in the text, and puts it in document order at the end.</summary>
internal sealed class FindingList
{
    /// <summary>How many errors and how many warnings a report holds: a request with more has one cause many times over.</summary>
    public const int Maximum = 1000;

    private List<Found>? _found;
    private int _errors;
    private int _warnings;
    private bool _leftOut;
    private int _maximum = Maximum;

    /// <summary>True where only the verdict is asked for: the first error decides, and nothing is kept.</summary>
    public bool IsForVerdict { get; private set; }

    /// <summary>True while what is found is wrong with what stands around the request.</summary>
    public bool IsOfFrame { get; set; }

    /// <summary>The names that are given twice, whether that is told or not.</summary>
    public RepeatedNames Repeats { get; } = new();

    /// <summary>How many are kept.</summary>
    public int Count => _found?.Count ?? 0;

    /// <summary>True where there is an error.</summary>
    public bool HasErrors => _errors > 0;

    /// <summary>True where no more are wanted. Warnings alone fill no list: an error that comes after them decides.</summary>
    public bool IsFull => _errors > 0 && (IsForVerdict || _errors >= _maximum);

    /// <summary>True where more warnings are wanted.</summary>
    public bool WantsWarnings
    {
        get
        {
            _leftOut |= _warnings >= _maximum;
            return _warnings < _maximum && !IsForVerdict;
        }
    }

    /// <summary>Makes it empty, for the next request.</summary>
    /// <param name="isForVerdict">Whether only the verdict is asked for.</param>
    /// <param name="maximum">How many errors and how many warnings it may hold.</param>
    public void Clear(bool isForVerdict, int maximum = Maximum)
    {
        IsForVerdict = isForVerdict;
        IsOfFrame = false;
        _maximum = maximum;
        // What was told of a request is not kept alive.
        _found = null;
        Repeats.Clear();
        _errors = 0;
        _warnings = 0;
        _leftOut = false;
    }

    public void Error(string code, int offset, RequestPath path, string message, JsonFix? fix = null, string? serviceCode = null) =>
        Add(FindingSeverity.Error, code, offset, path, message, fix, serviceCode);

    /// <summary>Adds what an edit of the text may mend: the fault of one that is no JSON, or what its grammar allows and nobody can read.</summary>
    public void Fault(JsonFault fault, RequestPath path)
    {
        int before = Count;
        Error("invalid_value", fault.Offset, path, fault.Message);
        if (Count > before)
        {
            _found![Count - 1] = _found[Count - 1] with { Mend = fault.Mend };
        }
    }

    public void Warning(string code, int offset, RequestPath path, string message, JsonFix? fix = null) =>
        Add(FindingSeverity.Warning, code, offset, path, message, fix);

    public void Add(FindingSeverity severity, string code, int offset, RequestPath path, string message, JsonFix? fix, string? serviceCode = null)
    {
        ref int count = ref severity == FindingSeverity.Error ? ref _errors : ref _warnings;
        if (count >= _maximum)
        {
            _leftOut = true;
        }
        else
        {
            count++;
            if (IsForVerdict)
            {
                return;
            }
            (_found ??= []).Add(new Found(offset, severity, code, path, message, fix, serviceCode, IsOfFrame));
        }
    }

    /// <summary>Moves what was found in a part of a text to where it stands in the whole.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="by">Where the part begins.</param>
    public void Shift(int first, int by)
    {
        Repeats.Shift(by);
        for (int i = first; i < Count; i++)
        {
            _found![i] = _found[i] with { Offset = _found[i].Offset + by };
        }
    }

    /// <summary>Names places in a member as they are named in the member itself: <c>body.model</c> becomes <c>model</c>.</summary>
    public void Enter(string member)
    {
        Repeats.Enter(member);
        for (int i = 0; i < Count; i++)
        {
            Found found = _found![i];
            if (found.Path.Below(member) is RequestPath path)
            {
                string before = found.Path.ToString();
                string message = found.Message.StartsWith(before, StringComparison.Ordinal) ? path + found.Message.Substring(before.Length) : found.Message;
                _found[i] = found with { Path = path, Message = message };
            }
        }
    }

    /// <summary>The findings in document order; where two stand at one place, in the order found.</summary>
    /// <param name="text">The text that the offsets are of.</param>
    /// <param name="firstLine">The number of the text's first line; null where there are no positions to tell.</param>
    public Finding[] InOrder(ReadOnlyMemory<byte> text, int? firstLine) => _found is null ? [] : InOrder(_found, text, firstLine);

    private Finding[] InOrder(List<Found> all, ReadOnlyMemory<byte> text, int? firstLine)
    {
        TextPositions positions = new(text.Span, firstLine ?? 1);
        List<Finding> findings = new(all.Count);
        foreach (Found found in all.OrderBy(found => found.Offset))
        {
            JsonFix? fix = Repeats.IsHidden(found.Path, found.Offset) ? null : found.Fix;
            (int Line, int Column)? position = firstLine is null ? null : positions.Locate(found.Offset);
            findings.Add(new Finding(found.Severity, found.Code, found.Path.Param, found.Message, Solution(found.Code), position?.Line, position?.Column)
            {
                Excerpt = position is null ? null : TextExcerpt.Create(text.Span, Math.Min(found.Offset, text.Length)),
                Fix = fix?.Patch,
                IsFixSafe = fix is { IsSafe: true },
                ServiceCode = found.ServiceCode,
                IsOfFrame = found.IsOfFrame,
                IsRepairable = fix is { IsSafe: true } || found.Mend is { IsSafe: true },
                HasChoice = fix is { IsSafe: false } || found.Mend is { IsSafe: false },
            });
        }
        if (IsFull || _leftOut)
        {
            string limit = _maximum.ToString("N0", CultureInfo.InvariantCulture);
            findings.Add(new Finding(
                FindingSeverity.Warning, "invalid_value", null, $"Only the first {limit} findings are told.", Solution("invalid_value"), null, null));
        }
        return [.. findings];
    }

    private static string Solution(string code) => ApiErrorCatalog.Find(code)!.Solution;

    private readonly record struct Found(
        int Offset, FindingSeverity Severity, string Code, RequestPath Path, string Message, JsonFix? Fix, string? ServiceCode, bool IsOfFrame)
    {
        public SyntaxMend? Mend { get; init; }
    }
}
