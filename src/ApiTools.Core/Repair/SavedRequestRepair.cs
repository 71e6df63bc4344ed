using ApiTools.Text;
using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>Repairs the body of a saved HTTP request. Its head stays as it is, but for the length that it says.</summary>
internal sealed class SavedRequestRepair
{
    private readonly byte[] _text;
    private readonly RepairOptions _options;
    private readonly HttpFrame _frame;
    private readonly int _mark;

    private SavedRequestRepair(byte[] text, RepairOptions options, HttpFrame frame)
    {
        _text = text;
        _options = options;
        _frame = frame;
        _mark = text.Length - Utf8Text.SkipMark(text).Length;
    }

    private ReadOnlySpan<byte> Saved => _text.AsSpan(_mark);

    /// <summary>The repair of a text that is a saved request; null where it is none.</summary>
    public static SavedRequestRepair? Find(byte[] text, RepairOptions options) =>
        HttpFrame.Find(Utf8Text.SkipMark(text)) is HttpFrame frame ? new SavedRequestRepair(text, options, frame) : null;

    /// <summary>Repairs it; one that needs nothing keeps its bytes.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    public RepairedRequest Repair(CancellationToken cancellationToken)
    {
        if (!_frame.HasChat)
        {
            return new RepairedRequest(_text, [], RequestValidator.Validate(_text, _options.Check), null);
        }
        RequestCheckOptions ofBody = _options.Check with { FirstLine = _options.Check.FirstLine + _frame.Lines };
        RepairedRequest body = RequestRepair.Repair(Saved.Slice(_frame.BodyStart).ToArray(), _options with { Check = ofBody }, cancellationToken);
        List<RequestChange> changes = [.. body.Changes];
        byte[] whole = changes.Count > 0 ? Join(body.Utf8Json, changes) : _text;
        return new RepairedRequest(whole, changes, RequestValidator.Validate(whole, _options.Check), body.Fit) { IsUnfinished = body.IsUnfinished };
    }

    private byte[] Join(byte[] body, List<RequestChange> changes)
    {
        byte[] head = _frame.HeadFor(Saved, body, out (string Before, string After, int Offset)? length);
        if (length is (string before, string after, int offset))
        {
            (int line, int column) = TextPositions.Locate(Saved, offset, _options.Check.FirstLine);
            changes.Insert(0, new RequestChange("invalid_value", null, $"Content-Length: {before} becomes {after}.", before, after, line, column));
        }
        return [.. _text.AsSpan(0, _mark), .. head, .. body];
    }
}
