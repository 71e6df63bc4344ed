using System.Globalization;
using System.Text;
using ApiTools.Tokens;
using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>
/// Makes a request fit its model's context window: by leaving out the oldest whole turns, or by asking for a shorter answer. Either it fits
/// afterwards, or nothing is done.
/// </summary>
internal sealed class ContextFit
{
    /// <summary>The code of a request that is too long.</summary>
    public const string Code = "context_length_exceeded";

    private readonly byte[] _text;
    private readonly RequestParts _parts;
    private readonly Conversation _conversation;
    private readonly ITokenCount _count;
    private readonly int _window;
    private readonly int _kept;
    private readonly CancellationToken _cancellationToken;
    private readonly long _tools;

    private ContextFit(byte[] text, RequestParts parts, Conversation conversation, ITokenCount count, int window, int kept, CancellationToken cancellationToken)
    {
        _text = text;
        _parts = parts;
        _conversation = conversation;
        _count = count;
        _window = window;
        _kept = kept;
        _cancellationToken = cancellationToken;
        _tools = count.CountTools([parts["tools"], parts["functions"]]);
    }

    /// <summary>Makes a request fit, by exact tokens where the model's encoding is known, else by the page's estimate.</summary>
    /// <param name="utf8Json">The request without a byte order mark; any bytes.</param>
    /// <param name="mode">What to give up.</param>
    /// <param name="check">Where the context window is known from; the built-in table where nothing else says it.</param>
    /// <param name="told">What a service said of the request's length, which counts more than the table and the own count; null where none did.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static ContextFitResult Fit(byte[] utf8Json, ContextFitMode mode, RequestCheckOptions check, ContextLength? told, CancellationToken cancellationToken) =>
        Fit(utf8Json, mode, check, told, 1, cancellationToken);

    /// <summary>The same, where the last turn alone makes no sense.</summary>
    /// <param name="utf8Json">The request without a byte order mark; any bytes.</param>
    /// <param name="mode">What to give up.</param>
    /// <param name="check">Where the context window is known from.</param>
    /// <param name="told">What a service said of the request's length; null where none did.</param>
    /// <param name="kept">How many of the last turns are never left out, 1 or more.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static ContextFitResult Fit(
        byte[] utf8Json, ContextFitMode mode, RequestCheckOptions check, ContextLength? told, int kept, CancellationToken cancellationToken)
    {
        RequestParts? parts = RequestParts.Read(utf8Json);
        string? model = parts?.Model;
        int? window = told?.Maximum ?? (model is null ? null : check.ContextWindow?.Invoke(model)) ?? ModelCatalog.Find(model)?.ContextWindow;
        if (parts is null || window is not int size)
        {
            return new ContextFitResult(ContextFitOutcome.Unknown, utf8Json, string.Empty, [], []);
        }
        Conversation conversation = new(parts["messages"]);
        ITokenCount count = InProportion(Count(model, check), Each(conversation.Messages, cancellationToken), told?.Messages ?? told?.Requested - told?.Completion);
        return new ContextFit(utf8Json, parts, conversation, count, size, kept, cancellationToken).Fit(mode) with { Gaps = count.Gaps };
    }

    private static ITokenCount Count(string? model, RequestCheckOptions check) => !check.EstimateIsExact && ModelEncodings.Find(model) is string encoding
        ? new ExactTokenCount(TokenEncoding.Get(encoding), model)
        : new EstimatedTokenCount();

    // Never less than the own count, so that its verdict holds too.
    private static ITokenCount InProportion(ITokenCount own, IEnumerable<JsonSlice> messages, long? counted) =>
        counted is long told && own.Count(messages) is long count && told > count && count > 0 ? new ProportionalTokenCount(own, (double)told / count) : own;

    private ContextFitResult Fit(ContextFitMode mode)
    {
        long tokens = Tokens(_conversation.Messages);
        if (Fits(tokens))
        {
            return new ContextFitResult(ContextFitOutcome.FitsAlready, _text, string.Empty, [], []);
        }
        return mode == ContextFitMode.DropOldest ? DropOldest(tokens) : LowerMaxTokens(tokens);
    }

    private long Tokens(IEnumerable<JsonSlice> messages) => _count.Count(Each(messages, _cancellationToken));

    // To count them is what takes the time.
    private static IEnumerable<JsonSlice> Each(IEnumerable<JsonSlice> messages, CancellationToken cancellationToken)
    {
        foreach (JsonSlice message in messages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return message;
        }
    }

    // Not tokens + answer: the sum of the largest numbers does not fit.
    private bool Fits(long tokens) => tokens + _tools <= _window && _parts.Answer <= _window - tokens - _tools;

    private ContextFitResult DropOldest(long tokens)
    {
        // The fewest turns that are enough, found by halving: a count costs as much as the whole conversation.
        int most = Math.Max(0, _conversation.Turns.Count - _kept);
        long least = Tokens(_conversation.Without(most));
        if (!Fits(least))
        {
            string last = _kept == 1 ? "turn" : FormattableString.Invariant($"{_kept} turns");
            return TooLong($"Even with the last {last} and the system messages alone, {Sum(least)}");
        }
        int few = 1;
        while (few < most)
        {
            int middle = few + ((most - few) / 2);
            (few, most) = Fits(Tokens(_conversation.Without(middle))) ? (few, middle) : (middle + 1, most);
        }
        return Drop(few, tokens - Tokens(_conversation.Without(few)));
    }

    private ContextFitResult Drop(int turns, long tokens)
    {
        JsonSlice array = _parts["messages"];
        JsonMember container = new(-1, -1, -1, array.Start, array.End);
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
        long room = _window - tokens - _tools;
        if (room < 1 || _parts.Answer < 1)
        {
            return TooLong($"No shorter answer makes it fit: {Sum(tokens)}");
        }
        JsonSlice place = _parts[_parts.LimitName];
        string value = room.ToString(CultureInfo.InvariantCulture);
        string message = $"{_parts.LimitName} is lowered from {Count(_parts.Answer)} to {Count(room)}, to fit the {Count(_window)} of the context window.";
        TextEdit edit = new(place.Start, place.End, Encoding.UTF8.GetBytes(value));
        ChangeDraft change = Change(place.Start, _parts.LimitName, message, _parts.Answer.ToString(CultureInfo.InvariantCulture), value);
        return new ContextFitResult(ContextFitOutcome.Fitted, new TextEdits([edit]).Apply(_text), message, [edit], [change]);
    }

    private ContextFitResult TooLong(string message) => new(ContextFitOutcome.TooLong, _text, message, [], []);

    private string Sum(long tokens)
    {
        string about = _count.IsExact ? string.Empty : "about ";
        List<string> parts = [$"the messages are {about}{Count(tokens)} tokens"];
        if (_tools > 0)
        {
            parts.Add($"the tools {about}{Count(_tools)}");
        }
        if (_parts.Answer > 0)
        {
            parts.Add($"{_parts.LimitName} is {Count(_parts.Answer)}");
        }
        decimal total = (decimal)tokens + _tools + _parts.Answer;
        string said = parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[parts.Count - 1]}, together {Count(total)}";
        return $"{said}: {Count(total - _window)} more than the {Count(_window)} of the context window.";
    }

    private static ChangeDraft Change(int offset, string param, string message, string? before, string? after) =>
        new(offset, Code, param, message, before, after);

    private static string Count(decimal number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
