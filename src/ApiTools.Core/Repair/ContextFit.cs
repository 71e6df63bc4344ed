using System.Globalization;
using System.Text;
using ApiTools.Errors;
using ApiTools.Text;
using ApiTools.Tokens;
using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>
/// Makes a request fit its model's context window: by leaving out the oldest whole turns, or by asking for a shorter answer. Either it fits
/// afterwards, or nothing is done.
/// </summary>
internal sealed class ContextFit
{
    private static readonly JsonPointer[] Limits = [JsonPointer.Parse("/max_completion_tokens")!, JsonPointer.Parse("/max_tokens")!];
    private static readonly JsonPointer MessagesPlace = JsonPointer.Parse("/messages")!;

    private readonly byte[] _text;
    private readonly Conversation _conversation;
    private readonly ITokenCount _count;
    private readonly JsonPlace _root;
    private readonly int _window;
    private readonly string _limitName;
    private readonly JsonPlace _limit;
    private readonly long _answer;

    private ContextFit(byte[] text, Conversation conversation, ITokenCount count, int window)
    {
        _text = text;
        _conversation = conversation;
        _count = count;
        _window = window;
        _root = JsonPlace.Locate(text, [.. Limits, MessagesPlace]);
        // The newer name counts where both are given, as at OpenAI.
        JsonPointer limit = Number(Limits[0]) is null ? Limits[1] : Limits[0];
        _limitName = limit.Last;
        _limit = _root.Find(limit);
        _answer = Math.Max(0, Number(limit) ?? 0);
    }

    /// <summary>Makes a request fit by the page's estimate.</summary>
    /// <param name="utf8Json">The request without a byte order mark; any bytes.</param>
    /// <param name="mode">What to give up.</param>
    /// <param name="check">Where the context window is known from; the built-in table where nothing else says it.</param>
    /// <param name="told">What a service said of the request's length, which counts more than the table and the estimate; null where none did.</param>
    public static ContextFitResult Fit(byte[] utf8Json, ContextFitMode mode, RequestCheckOptions check, ContextLength? told) =>
        Fit(utf8Json, mode, check, told, null);

    /// <summary>The same, by a count that is given.</summary>
    /// <param name="utf8Json">The request without a byte order mark; any bytes.</param>
    /// <param name="mode">What to give up.</param>
    /// <param name="check">Where the context window is known from.</param>
    /// <param name="told">What a service said of the request's length; null where none did.</param>
    /// <param name="count">How tokens are counted; null for the estimate.</param>
    public static ContextFitResult Fit(byte[] utf8Json, ContextFitMode mode, RequestCheckOptions check, ContextLength? told, ITokenCount? count)
    {
        JsonSlice? messages = RequestValidator.FindMessages(utf8Json, out string? model);
        int? window = told?.Maximum ?? (model is null ? null : check.ContextWindow?.Invoke(model)) ?? ModelCatalog.Find(model)?.ContextWindow;
        if (messages is not JsonSlice array || window is not int size)
        {
            return new ContextFitResult(ContextFitOutcome.Unknown, utf8Json, string.Empty, [], []);
        }
        Conversation conversation = new(array);
        count ??= EstimatedTokenCount.InProportion(conversation.Messages, told?.Messages ?? told?.Requested - told?.Completion);
        ContextFit fit = new(utf8Json, conversation, count, size);
        // messages may be given twice, and the last of them may be no array.
        return fit._root.Find(MessagesPlace).Member.Start == array.Start
            ? fit.Fit(mode)
            : new ContextFitResult(ContextFitOutcome.Unknown, utf8Json, string.Empty, [], []);
    }

    private ContextFitResult Fit(ContextFitMode mode)
    {
        long tokens = _count.Count(_conversation.Messages);
        if (Fits(tokens))
        {
            return new ContextFitResult(ContextFitOutcome.FitsAlready, _text, string.Empty, [], []);
        }
        return mode == ContextFitMode.DropOldest ? DropOldest(tokens) : LowerMaxTokens(tokens);
    }

    private bool Fits(long tokens) => tokens <= _window && _answer <= _window - tokens;

    private ContextFitResult DropOldest(long tokens)
    {
        // The fewest turns that are enough, found by halving: a count costs as much as the whole conversation.
        int most = Math.Max(0, _conversation.Turns.Count - 1);
        long least = _count.Count(_conversation.Without(most));
        if (!Fits(least))
        {
            return TooLong($"Even with the last turn and the system messages alone, {Sum(least)}");
        }
        int few = 1;
        while (few < most)
        {
            int middle = few + ((most - few) / 2);
            (few, most) = Fits(_count.Count(_conversation.Without(middle))) ? (few, middle) : (middle + 1, most);
        }
        return Drop(few, tokens - _count.Count(_conversation.Without(few)));
    }

    private ContextFitResult Drop(int turns, long tokens)
    {
        JsonMember container = _root.Find(MessagesPlace).Member;
        List<TextEdit> edits = [];
        List<ChangeDraft> changes = [];
        int messages = 0;
        foreach ((int first, int last) in _conversation.Runs(turns))
        {
            int next = last + 1 < _conversation.Messages.Count ? _conversation.Messages[last + 1].Start : -1;
            edits.Add(PatchPlan.Removal(Member(first), Member(last), next, container));
            messages += last - first + 1;
            string which = first == last ? $"messages[{first}]" : $"messages[{first}] to messages[{last}]";
            changes.Add(Change(_conversation.Messages[first].Start, "messages", "The oldest turns are left out, so that the request fits the model's context window.", which, null));
        }
        string about = _count.IsExact ? string.Empty : "about ";
        string what = turns == 1 ? "The oldest turn is" : $"The {Count(turns)} oldest turns are";
        string message = $"{what} left out, {Count(messages)} message{(messages == 1 ? string.Empty : "s")} of {about}{Count(tokens)} tokens, to fit the {Count(_window)} of the context window.";
        return new ContextFitResult(ContextFitOutcome.Fitted, new TextEdits(edits).Apply(_text), message, edits, changes);
    }

    private JsonMember Member(int index)
    {
        JsonSlice message = _conversation.Messages[index];
        return new JsonMember(index > 0 ? _conversation.Messages[index - 1].End : -1, message.Start, -1, message.Start, message.End);
    }

    private ContextFitResult LowerMaxTokens(long tokens)
    {
        long room = _window - tokens;
        if (room < 1 || !_limit.IsThere)
        {
            return TooLong($"No shorter answer makes it fit: {Sum(tokens)}");
        }
        JsonMember place = _limit.Member;
        string value = room.ToString(CultureInfo.InvariantCulture);
        string message = $"{_limitName} is lowered from {Count(_answer)} to {Count(room)}, to fit the {Count(_window)} of the context window.";
        TextEdit edit = new(place.Start, place.End, Encoding.UTF8.GetBytes(value));
        ChangeDraft change = Change(place.Start, _limitName, message, _answer.ToString(CultureInfo.InvariantCulture), value);
        return new ContextFitResult(ContextFitOutcome.Fitted, new TextEdits([edit]).Apply(_text), message, [edit], [change]);
    }

    private ContextFitResult TooLong(string message) => new(ContextFitOutcome.TooLong, _text, message, [], []);

    private string Sum(long tokens)
    {
        string about = _count.IsExact ? string.Empty : "about ";
        decimal total = (decimal)tokens + _answer;
        string sum = _answer > 0
            ? $"the messages are {about}{Count(tokens)} tokens and {_limitName} is {Count(_answer)}, together {Count(total)}"
            : $"the messages are {about}{Count(tokens)} tokens";
        return $"{sum}: {Count(total - _window)} more than the {Count(_window)} of the context window.";
    }

    private long? Number(JsonPointer pointer)
    {
        JsonMember place = _root.Find(pointer).Member;
        return _root.Find(pointer).IsThere
            && long.TryParse(Utf8Text.Read(_text.AsSpan(place.Start, Math.Min(20, place.End - place.Start))), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                ? number
                : null;
    }

    private static ChangeDraft Change(int offset, string param, string message, string? before, string? after) =>
        new(offset, FixSafety.ContextLength, param, message, before, after);

    private static string Count(decimal number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
