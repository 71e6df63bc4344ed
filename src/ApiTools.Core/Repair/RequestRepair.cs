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

    private readonly RepairOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly RepairDraft _draft;
    private readonly FixRounds _fixes;

    private RequestRepair(byte[] text, RepairOptions options, CancellationToken cancellationToken)
    {
        _options = options;
        _cancellationToken = cancellationToken;
        _draft = new RepairDraft(text);
        _fixes = new FixRounds(_draft, cancellationToken);
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
        RepairedRequest repaired = new RequestRepair(text, options, cancellationToken).Run();
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

    private RepairedRequest Run()
    {
        RequestReport report = EnterBody(new SyntaxRepair(_draft, _options, _cancellationToken).Run());
        report = ApplyFixes(report, out bool isUnfinished);
        ContextFitResult? fit = _options.FitContext is ContextFitMode mode
            ? ContextFit.Fit(_draft.Text, mode, _options.Check, _options.Length, _cancellationToken)
            : null;
        if (fit?.Outcome == ContextFitOutcome.Fitted)
        {
            foreach (ChangeDraft change in fit.Changes)
            {
                _draft.Note(change);
            }
            _draft.Edit(fit.Edits);
            report = Check(_options.Check);
        }
        return new RepairedRequest(_draft.Whole, _draft.ToChanges(_options.Check), report, fit) { IsUnfinished = isUnfinished };
    }

    // What stands around a batch's request is mended first; from then on the text is the request.
    private RequestReport EnterBody(RequestReport report)
    {
        if (!Array.Exists(report.Findings, finding => finding.IsOfFrame) && report.Body is null)
        {
            return report;
        }
        foreach (FixPatch fix in FixesOf(report, isOfFrame: true))
        {
            _fixes.ApplyInSteps(fix);
        }
        report = Check(_options.Check);
        if (report.Body is (int Start, int End) place)
        {
            _draft.Enter(place);
        }
        return report;
    }

    private RequestReport ApplyFixes(RequestReport report, out bool isUnfinished)
    {
        RequestCheckOptions forFixes = _options.Check with { MaximumFindings = FindingsARound };
        report = report.Findings.Length >= FindingList.Maximum ? Check(forFixes) : report;
        long rounds = Math.Max(MinimumRounds, Math.Min(MaximumRounds, MaximumRead / (_draft.Text.Length + 1024)));
        while (rounds-- > 0 && _fixes.Apply(FixesOf(report, isOfFrame: false)))
        {
            report = Check(forFixes);
        }
        report = report.Findings.Length > FindingList.Maximum ? Check(_options.Check) : report;
        isUnfinished = Array.Exists(report.Findings, finding => finding.IsRepairable && !_options.Excludes(finding) && (finding.Fix is null || rounds < 0));
        return report;
    }

    private List<FixPatch> FixesOf(RequestReport report, bool isOfFrame) =>
        [.. report.Findings.Where(finding => finding.IsOfFrame == isOfFrame && _options.Applies(finding)).Select(FixPatch.Read).OfType<FixPatch>()];

    // One check of the largest text takes a second or two: it is between them that a repair is cancelled.
    private RequestReport Check(RequestCheckOptions options)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return RequestValidator.Validate(_draft.Whole, options);
    }
}
