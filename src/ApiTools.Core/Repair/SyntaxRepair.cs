using ApiTools.Text;
using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>Makes JSON of a text that is none: in UTF-8, without a mark, with what is missing and without what is too much.</summary>
internal sealed class SyntaxRepair(RepairDraft draft, RepairOptions options, CancellationToken cancellationToken)
{
    /// <summary>Mends what can be mended safely, and all else where the options include it.</summary>
    /// <returns>What is wrong with what came of it.</returns>
    public RequestReport Run()
    {
        JsonMendResult mended = JsonMender.Mend(draft.Text, includeUnsafe: false, cancellationToken);
        RequestReport report = RequestValidator.Validate(mended.Text, options.Check);
        if (Array.Exists(report.Findings, finding => finding.Fix is null && options.Includes(finding)))
        {
            MendBytes();
            mended = JsonMender.Mend(draft.Text, includeUnsafe: true, cancellationToken);
            report = RequestValidator.Validate(mended.Text, options.Check);
        }
        if (mended.Edits.Count > 0)
        {
            Take(mended);
        }
        return report;
    }

    private void MendBytes()
    {
        if (JsonEncoding.Detect(draft.Text) is not null || InvalidBytes.Edits(Utf8Text.SkipMarks(draft.Text)) is not { Count: > 0 } edits)
        {
            return;
        }
        if (draft.Text.AsSpan().StartsWith(Utf8Text.ByteOrderMark))
        {
            TakeMark();
        }
        foreach (TextEdit edit in edits)
        {
            draft.Note(Change(edit.Start, InvalidBytes.Describe(draft.Text, edit), null, "\ufffd"));
        }
        draft.Edit(edits);
    }

    private void TakeMark()
    {
        draft.Restart(Utf8Text.SkipMarks(draft.Text).ToArray());
        draft.Note(Change(0, "the byte order mark taken out", null, null));
    }

    private void Take(JsonMendResult mended)
    {
        SyntaxMend first = mended.Edits[0].Mend;
        bool decoded = first.Offset == 0 && first.Length == draft.Text.Length && JsonEncoding.Detect(draft.Text) is not null;
        bool marked = !decoded && draft.Text.AsSpan().StartsWith(Utf8Text.ByteOrderMark);
        if (decoded)
        {
            draft.Restart(first.Replacement);
            draft.Note(Change(0, first.Description, null, null));
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
        draft.Take(edits, mended.Text);
    }

    // A mend's offset is in the text as the ones before it have left it; one may change again what another has put in, which was not there at first.
    private TextEdit TakeMend(SyntaxMend mend, int told, int before)
    {
        int start = Math.Min(draft.Text.Length, Math.Max(told, before));
        int end = Math.Min(draft.Text.Length, Math.Max(start, told + mend.Length));
        bool whole = end - start == mend.Length;
        draft.Note(Change(
            told,
            mend.Description,
            whole && end > start ? ChangeDraft.Shown(draft.Text.AsSpan(start, end - start)) : null,
            mend.Replacement.Length > 0 ? ChangeDraft.Shown(mend.Replacement) : null));
        return new TextEdit(start, end, mend.Replacement);
    }

    private static ChangeDraft Change(int offset, string what, string? before, string? after) => new(offset, "invalid_value", null, what + ".", before, after);
}
