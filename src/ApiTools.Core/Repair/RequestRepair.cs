using System.Text;
using ApiTools.Text;
using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>Repairs one request: mends its syntax, applies the fixes of what the check finds, again and again until nothing changes, and makes it fit.</summary>
internal sealed class RequestRepair
{
    // A fix that only another one makes possible comes a round later, and a report holds so many only; a request of ours takes three at most. What
    // a text of any length may cost is bounded by how much is read in all.
    private const int MinimumRounds = 8;
    private const int MaximumRounds = 10_000;
    private const long MaximumRead = 1L << 28;

    // So many fixes a round, and no more findings than anywhere in the end.
    private const int FindingsARound = 20_000;
    private const int LongestShown = 100;

    private readonly RepairOptions _options;
    private readonly CancellationToken _cancellationToken;
    private EditHistory _history = new();
    private readonly List<ChangeDraft> _changes = [];
    private byte[] _text;

    // Where the request is the body of a batch's line: what stands around it, and how that came to be.
    private bool _isUnfinished;
    private byte[]? _whole;
    private byte[]? _body;
    private (int Start, int End) _place;
    private EditHistory _line = new();

    // The text as it was given, in UTF-8 and without a mark: what places are told in.
    private ReadOnlyMemory<byte> _given;

    private RequestRepair(byte[] text, RepairOptions options, CancellationToken cancellationToken)
    {
        _text = text;
        _given = text;
        _options = options;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Repairs a request; one that needs nothing keeps its bytes.</summary>
    /// <param name="text">The request's body; any bytes.</param>
    /// <param name="options">What may be done.</param>
    /// <param name="cancellationToken">Cancels it: a large text with many mistakes takes seconds.</param>
    public static RepairedRequest Repair(byte[] text, RepairOptions options, CancellationToken cancellationToken)
    {
        if (SavedRequestRepair.Find(text, options) is SavedRequestRepair saved)
        {
            return saved.Repair(cancellationToken);
        }
        RequestRepair repair = new(text, options, cancellationToken);
        (RequestReport report, ContextFitResult? fit) = repair.Run();
        RepairedRequest repaired = new(repair.Whole(), repair.Changes(), report, fit) { IsUnfinished = repair._isUnfinished };
        return repaired.Changes.Length == 0 ? repaired : RepairSaved(repaired, options, cancellationToken);
    }

    // A saved request in UTF-16 can be told as one only in UTF-8.
    private static RepairedRequest RepairSaved(RepairedRequest decoded, RepairOptions options, CancellationToken cancellationToken)
    {
        if (SavedRequestRepair.Find(decoded.Utf8Json, options) is not SavedRequestRepair saved)
        {
            return decoded;
        }
        RepairedRequest repaired = saved.Repair(cancellationToken);
        return new RepairedRequest(repaired.Utf8Json, [.. decoded.Changes, .. repaired.Changes], repaired.Report, repaired.Fit) { IsUnfinished = repaired.IsUnfinished };
    }

    private (RequestReport Report, ContextFitResult? Fit) Run()
    {
        RequestReport report = TakeBody(MendSyntax());
        report = report.Findings.Length >= FindingList.Maximum ? CheckFixes() : report;
        long rounds = Math.Max(MinimumRounds, Math.Min(MaximumRounds, MaximumRead / (_text.Length + 1024)));
        while (rounds-- > 0 && ApplyFixes(report))
        {
            report = CheckFixes();
        }
        report = report.Findings.Length > FindingList.Maximum ? Check() : report;
        _isUnfinished = Array.Exists(report.Findings, finding => finding.IsRepairable && !_options.Excludes(finding) && (finding.Fix is null || rounds < 0));
        if (_options.FitContext is not ContextFitMode mode)
        {
            return (report, null);
        }
        ContextFitResult fit = ContextFit.Fit(_text, mode, _options.Check, _options.Length, _cancellationToken);
        if (fit.Outcome != ContextFitOutcome.Fitted)
        {
            return (report, fit);
        }
        _changes.AddRange(fit.Changes.Select(AtFirst));
        _text = _history.Make(_text, fit.Edits);
        return (Check(), fit);
    }

    private byte[] Whole() =>
        _whole is null ? _text
        : ReferenceEquals(_text, _body) ? _whole
        : [.. _whole.AsSpan(0, _place.Start), .. _text, .. _whole.AsSpan(_place.End)];

    private RequestReport Check() => Check(_options.Check);

    private RequestReport CheckFixes() => Check(_options.Check with { MaximumFindings = FindingsARound });

    // One check of the largest text takes a second or two: it is between them that a repair is cancelled.
    private RequestReport Check(RequestCheckOptions options)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return RequestValidator.Validate(Whole(), options);
    }

    // What stands around a batch's request is mended first; from then on the text is the request.
    private RequestReport TakeBody(RequestReport report)
    {
        if (!Array.Exists(report.Findings, finding => finding.IsOfFrame) && report.Body is null)
        {
            return report;
        }
        foreach (FixPatch fix in report.Findings.Where(finding => finding.IsOfFrame && _options.Applies(finding)).Select(FixPatch.Read).OfType<FixPatch>())
        {
            ApplyInSteps(fix);
        }
        report = Check();
        if (report.Body is (int Start, int End) place)
        {
            (_whole, _place) = (_text, place);
            _body = _text = _text.AsSpan(place.Start, place.End - place.Start).ToArray();
            (_line, _history) = (_history, new EditHistory());
        }
        return report;
    }

    private RequestReport MendSyntax()
    {
        JsonMendResult mended = JsonMender.Mend(_text, includeUnsafe: false, _cancellationToken);
        RequestReport report = RequestValidator.Validate(mended.Text, _options.Check);
        if (Array.Exists(report.Findings, finding => finding.Fix is null && _options.Includes(finding)))
        {
            MendBytes();
            mended = JsonMender.Mend(_text, includeUnsafe: true, _cancellationToken);
            report = RequestValidator.Validate(mended.Text, _options.Check);
        }
        if (mended.Edits.Count > 0)
        {
            Take(mended);
        }
        return report;
    }

    private void MendBytes()
    {
        if (JsonEncoding.Detect(_text) is not null || InvalidBytes.Edits(Utf8Text.SkipMarks(_text)) is not { Count: > 0 } edits)
        {
            return;
        }
        if (_text.AsSpan().StartsWith(Utf8Text.ByteOrderMark))
        {
            TakeMark();
        }
        _changes.AddRange(edits.Select(edit => new ChangeDraft(edit.Start, "invalid_value", null, InvalidBytes.Describe(_text, edit) + ".", null, "\ufffd")));
        _text = _history.Make(_text, edits);
    }

    private void TakeMark()
    {
        _text = Utf8Text.SkipMarks(_text).ToArray();
        _given = _text;
        _changes.Add(new ChangeDraft(0, "invalid_value", null, "the byte order mark taken out.", null, null));
    }

    private void Take(JsonMendResult mended)
    {
        SyntaxMend first = mended.Edits[0].Mend;
        bool decoded = first.Offset == 0 && first.Length == _text.Length && JsonEncoding.Detect(_text) is not null;
        bool marked = !decoded && _text.AsSpan().StartsWith(Utf8Text.ByteOrderMark);
        if (decoded)
        {
            _given = _text = first.Replacement;
            _changes.Add(new ChangeDraft(0, "invalid_value", null, Sentence(first), null, null));
        }
        else if (marked)
        {
            TakeMark();
        }
        List<TextEdit> edits = [];
        int grown = 0;
        int told = 0;
        foreach (SyntaxEdit edit in mended.Edits.Skip(decoded || marked ? 1 : 0))
        {
            told = Math.Max(told, edit.Mend.Offset - grown);
            edits.Add(TakeMend(edit.Mend, told, edits.Count == 0 ? 0 : edits[edits.Count - 1].End));
            grown += edit.Mend.Replacement.Length - edit.Mend.Length;
        }
        _history.Add(edits);
        _text = mended.Text;
    }

    // A mend's offset is in the text as the ones before it have left it; one may change again what another has put in, which was not there at first.
    private TextEdit TakeMend(SyntaxMend mend, int told, int before)
    {
        int start = Math.Min(_text.Length, Math.Max(told, before));
        int end = Math.Min(_text.Length, Math.Max(start, told + mend.Length));
        bool whole = end - start == mend.Length;
        _changes.Add(new ChangeDraft(
            _history.AtFirst(told),
            "invalid_value",
            null,
            Sentence(mend),
            whole && end > start ? Shown(_text.AsSpan(start, end - start)) : null,
            mend.Replacement.Length > 0 ? Shown(mend.Replacement) : null));
        return new TextEdit(start, end, mend.Replacement);
    }

    private static string Sentence(SyntaxMend mend) => mend.Description + ".";

    // All fixes that do not touch each other at once, so that a request with many takes few rounds; what waits for another has its turn in the next.
    private bool ApplyFixes(RequestReport report)
    {
        List<FixPatch> fixes = [.. report.Findings.Where(finding => !finding.IsOfFrame && _options.Applies(finding)).Select(FixPatch.Read).OfType<FixPatch>()];
        if (fixes.Count == 0)
        {
            return false;
        }
        JsonPlace root = JsonPlace.Locate(_text, fixes.SelectMany(fix => fix.Pointers));
        FixRound round = new(_text, root);
        foreach (FixPatch fix in fixes.Where(round.TryAdd))
        {
            _changes.AddRange(fix.Operations.Where(IsChange).Select(operation => AtFirst(Describe(root, fix.Finding, operation))));
        }
        byte[] before = _text;
        _text = _history.Make(_text, round.Edits);
        return !ReferenceEquals(_text, before) || fixes.Exists(ApplyInSteps);
    }

    private bool ApplyInSteps(FixPatch fix)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // On trial: a patch is applied whole or not at all.
            if (ReferenceEquals(PatchedText.Apply(_text, fix.Operations, new EditHistory()), _text))
            {
                return false;
            }
        }
        catch (ApiRequestException)
        {
            return false;
        }
        foreach (PatchOperation operation in fix.Operations.Where(IsChange))
        {
            _changes.Add(AtFirst(Describe(JsonPlace.Locate(_text, operation.Pointers), fix.Finding, operation)));
            _text = PatchedText.Apply(_text, [operation], _history);
        }
        return true;
    }

    private ChangeDraft Describe(JsonPlace root, Finding finding, PatchOperation operation)
    {
        JsonPlace place = root.Find(operation.Path);
        JsonPointer named = operation.Kind == PatchKind.Move ? operation.From! : operation.Path;
        string? before = place.IsThere ? Shown(_text.AsSpan(place.Member.Start, place.Member.End - place.Member.Start)) : null;
        string? after = operation.Kind switch
        {
            PatchKind.Remove => null,
            PatchKind.Copy => Shown(PatchPlan.ValueAt(_text, root, operation.From!)),
            _ => Shown(operation.Value),
        };
        if (operation.Kind == PatchKind.Move)
        {
            (before, after) = (Path(root, operation.From!).Param, Path(root, operation.Path).Param);
        }
        int offset = operation.Kind == PatchKind.Move ? root.Find(named).Member.NameStart : Offset(root, named);
        return new ChangeDraft(offset, finding.Code, Path(root, named).Param, finding.Message, before, after);
    }

    // Where the thing stands; where it does not yet, what is to hold it.
    private static int Offset(JsonPlace root, JsonPointer pointer)
    {
        JsonPlace place = root.Find(pointer);
        return place.IsThere || pointer.ParentLength < 0 ? place.Member.Start : root.Find(pointer, pointer.ParentLength).Member.Start;
    }

    private static RequestPath Path(JsonPlace root, JsonPointer pointer)
    {
        RequestPath path = RequestPath.Root;
        for (int i = 0; i < pointer.Tokens.Count; i++)
        {
            JsonPlace parent = root.Find(pointer, i);
            path = parent.IsArray ? path.Item(JsonPointer.Index(pointer.Tokens[i]) ?? parent.Count) : path.Member(pointer.Tokens[i]);
        }
        return path;
    }

    private static bool IsChange(PatchOperation operation) => operation.Kind != PatchKind.Test;

    private ChangeDraft AtFirst(ChangeDraft change) => change with { Offset = _line.AtFirst(_place.Start + _history.AtFirst(change.Offset)) };

    private static string Shown(ReadOnlySpan<byte> utf8) =>
        BoundedText.Cut(Encoding.UTF8.GetString(utf8.Slice(0, Math.Min(utf8.Length, LongestShown * 4)).ToArray()), LongestShown);

    private List<RequestChange> Changes()
    {
        TextPositions positions = new(_given.Span, _options.Check.FirstLine);
        List<RequestChange> changes = new(_changes.Count);
        foreach (ChangeDraft change in _changes.OrderBy(change => change.Offset))
        {
            (int Line, int Column)? position = _options.Check.HasPositions ? positions.Locate(change.Offset) : null;
            changes.Add(new RequestChange(change.Code, change.Param, change.Message, change.Before, change.After, position?.Line, position?.Column));
        }
        return changes;
    }
}
