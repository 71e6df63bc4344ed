using System.Text;
using ApiTools.Text;
using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>Repairs one request: mends its syntax, applies the fixes of what the check finds, again and again until nothing changes, and makes it fit.</summary>
internal sealed class RequestRepair
{
    // A fix that only another one makes possible comes a round later; a request of ours takes three at most.
    private const int MaximumRounds = 64;
    private const int LongestShown = 100;

    private readonly RepairOptions _options;
    private readonly EditHistory _history = new();
    private readonly List<ChangeDraft> _changes = [];
    private byte[] _text;

    private RequestRepair(byte[] utf8Json, RepairOptions options)
    {
        _text = utf8Json;
        _options = options;
    }

    /// <summary>Repairs a request; one that needs nothing keeps its bytes.</summary>
    /// <param name="utf8Json">The request's body; any bytes.</param>
    /// <param name="options">What may be done.</param>
    public static RepairedRequest Repair(byte[] utf8Json, RepairOptions options)
    {
        RequestRepair repair = new(utf8Json, options);
        (RequestReport report, ContextFitResult? fit) = repair.Run();
        return new RepairedRequest(repair._text, repair.Changes(utf8Json), report, fit);
    }

    private (RequestReport Report, ContextFitResult? Fit) Run()
    {
        MendSyntax();
        RequestReport report = Check();
        for (int round = 0; round < MaximumRounds && ApplyFixes(report); round++)
        {
            report = Check();
        }
        if (_options.FitContext is not ContextFitMode mode)
        {
            return (report, null);
        }
        ContextFitResult fit = ContextFit.Fit(_text, mode, _options.Check, _options.Length);
        if (fit.Outcome != ContextFitOutcome.Fitted)
        {
            return (report, fit);
        }
        _changes.AddRange(fit.Changes.Select(AtFirst));
        _text = _history.Make(_text, fit.Edits);
        return (Check(), fit);
    }

    private RequestReport Check() => RequestValidator.Validate(_text, _options.Check);

    // RFC 8259 section 8.1: what is sent must not begin with a mark.
    private void MendSyntax()
    {
        if (ByteOrderMark.Begins(_text))
        {
            _changes.Add(new ChangeDraft(0, "invalid_value", null, "A byte order mark before the text is left out: JSON that is sent must not have one.", null, null));
            _text = _history.Make(_text, [new TextEdit(0, ByteOrderMark.Length, [])]);
        }
        IReadOnlyList<SyntaxMend> mends = _options.Mender.Find(_text);
        foreach (SyntaxMend mend in mends)
        {
            TextEdit edit = mend.Edit;
            string? before = edit.End > edit.Start ? Shown(_text.AsSpan(edit.Start, edit.End - edit.Start)) : null;
            _changes.Add(AtFirst(new ChangeDraft(edit.Start, "invalid_value", null, mend.Message, before, edit.Text.Length > 0 ? Shown(edit.Text) : null)));
        }
        _text = _history.Make(_text, [.. mends.Select(mend => mend.Edit)]);
    }

    // All fixes that do not touch each other at once, so that a request with many takes few rounds; what waits for another has its turn in the next.
    private bool ApplyFixes(RequestReport report)
    {
        List<FixPatch> fixes = [.. report.Findings.Where(_options.Applies).Select(FixPatch.Read).OfType<FixPatch>()];
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

    private ChangeDraft AtFirst(ChangeDraft change) => change with { Offset = _history.AtFirst(change.Offset) };

    private static string Shown(ReadOnlySpan<byte> utf8) =>
        BoundedText.Cut(Encoding.UTF8.GetString(utf8.Slice(0, Math.Min(utf8.Length, LongestShown * 4)).ToArray()), LongestShown);

    private List<RequestChange> Changes(byte[] given)
    {
        int mark = ByteOrderMark.Begins(given) ? ByteOrderMark.Length : 0;
        TextPositions positions = new(given.AsMemory(mark), _options.Check.FirstLine);
        List<RequestChange> changes = new(_changes.Count);
        foreach (ChangeDraft change in _changes.OrderBy(change => change.Offset))
        {
            (int Line, int Column)? position = _options.Check.HasPositions ? positions.Locate(Math.Max(0, change.Offset - mark)) : null;
            changes.Add(new RequestChange(change.Code, change.Param, change.Message, change.Before, change.After, position?.Line, position?.Column));
        }
        return changes;
    }
}
