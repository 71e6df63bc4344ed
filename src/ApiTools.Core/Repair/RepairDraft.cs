using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>A text on its way from what was given to what comes of its repair: what it is now, what was changed in it, and where that stood at first.</summary>
/// <param name="given">The text as it was given; any bytes.</param>
internal sealed class RepairDraft(byte[] given)
{
    private readonly List<ChangeDraft> _changes = [];
    private EditHistory _history = new();

    // The text as it was given, in UTF-8 and without a mark: what places are told in.
    private byte[] _given = given;

    // Where the request is the body of a batch's line: what stands around it, and how that came to be.
    private EditHistory _line = new();
    private byte[]? _whole;
    private byte[]? _body;
    private (int Start, int End) _place;

    /// <summary>The request as it is now.</summary>
    public byte[] Text { get; private set; } = given;

    /// <summary>The request with what stands around it.</summary>
    public byte[] Whole =>
        _whole is null ? Text
        : ReferenceEquals(Text, _body) ? _whole
        : [.. _whole.AsSpan(0, _place.Start), .. Text, .. _whole.AsSpan(_place.End)];

    /// <summary>Takes note of a change, which is to be made.</summary>
    /// <param name="change">The change, its place in the request as it is now.</param>
    public void Note(ChangeDraft change) => _changes.Add(change with { Offset = _line.AtFirst(_place.Start + _history.AtFirst(change.Offset)) });

    /// <summary>Makes edits, none in conflict with another.</summary>
    /// <returns>Whether they change anything.</returns>
    public bool Edit(IReadOnlyList<TextEdit> edits)
    {
        byte[] before = Text;
        Text = _history.Make(Text, edits);
        return !ReferenceEquals(Text, before);
    }

    /// <summary>Takes the text that edits have made of it.</summary>
    public void Take(IEnumerable<TextEdit> edits, byte[] text)
    {
        _history.Add(edits);
        Text = text;
    }

    /// <summary>Applies a step of a patch.</summary>
    /// <exception cref="ApiRequestException">invalid_value: it does not fit the text.</exception>
    public void Apply(PatchOperation operation) => Text = PatchedText.Apply(Text, [operation], _history);

    /// <summary>Takes another text for the one that was given: the same in UTF-8, or without its mark. Places are told in that one.</summary>
    public void Restart(byte[] text) => Text = _given = text;

    /// <summary>From now on the request is this part of the text; what stands around it stays.</summary>
    public void Enter((int Start, int End) place)
    {
        (_whole, _place) = (Text, place);
        _body = Text = Text.AsSpan(place.Start, place.End - place.Start).ToArray();
        (_line, _history) = (_history, new EditHistory());
    }

    /// <summary>What was changed, in the order of the text that was given.</summary>
    /// <param name="check">Whether places are told, and the number of the first line.</param>
    public IReadOnlyList<RequestChange> ToChanges(RequestCheckOptions check)
    {
        TextPositions positions = new(_given, check.FirstLine);
        List<RequestChange> changes = new(_changes.Count);
        foreach (ChangeDraft change in _changes.OrderBy(change => change.Offset))
        {
            (int Line, int Column)? position = check.HasPositions ? positions.Locate(change.Offset) : null;
            changes.Add(new RequestChange(change.Code, change.Param, change.Message, change.Before, change.After, position?.Line, position?.Column));
        }
        return changes;
    }
}
