using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>
/// Follows the messages of a conversation: the answers of tools come right after the message that calls them, one for each call, each to a call
/// that was made.
/// </summary>
internal sealed class ToolOrder
{
    // So many calls of one message are compared one by one; more are looked up.
    private const int FewCalls = 16;

    // More ids than these help nobody.
    private const int IdsTold = 3;

    private readonly List<Call> _calls = [];
    private Dictionary<string, int>? _byId;
    private int _caller = -1;
    private int _callerStart;
    private int _unanswered;

    /// <summary>A new request.</summary>
    public void Clear()
    {
        _calls.Clear();
        _byId = null;
        _caller = -1;
        _unanswered = 0;
    }

    /// <summary>The next message; the check's place is the message.</summary>
    public void Visit(RequestCheck check, in RequestMembers message)
    {
        bool calls = message.Has(MemberName.ToolCalls);
        if (IsAnswer(message))
        {
            Answer(check, message);
        }
        else if (calls || _caller >= 0)
        {
            Follow(check, message, calls);
        }
    }

    /// <summary>No answers follow: all calls have to have theirs.</summary>
    public void End(RequestCheck check)
    {
        if (_unanswered > 0)
        {
            RequestPath path = RequestPath.Root.Member("messages").Item(_caller).Member("tool_calls");
            string ids = string.Join(", ", _calls.Where(call => !call.IsAnswered).Take(IdsTold).Select(call => Shown(call.Id)));
            string more = _unanswered > IdsTold ? $" and {_unanswered - IdsTold} more" : string.Empty;
            check.Findings.Error(
                "invalid_value",
                _callerStart,
                path,
                $"{path} is not answered: a message of role tool has to follow for each call, before any other message. Missing: {ids}{more}.");
        }
        Clear();
    }

    private void Follow(RequestCheck check, in RequestMembers message, bool calls)
    {
        if (_caller >= 0)
        {
            End(check);
        }
        if (calls && message.Is(MemberName.Role, "assistant"u8) && message[MemberName.ToolCalls] is { Type: JsonTokenType.StartArray } array)
        {
            Begin(array, check.Index);
        }
    }

    // A mistyped role does not make an answer something else.
    private static bool IsAnswer(in RequestMembers message) =>
        message.Is(MemberName.Role, "tool"u8)
        || (message.Has(MemberName.ToolCallId) && message[MemberName.Role] is { Type: JsonTokenType.String } role && !MessageRules.IsRole(role));

    private void Begin(JsonSlice calls, int caller)
    {
        _caller = caller;
        _callerStart = calls.Start;
        JsonChildren items = calls.Children();
        while (items.MoveNext())
        {
            JsonSlice id = items.Value.Member("id"u8);
            if (id.Type == JsonTokenType.String)
            {
                _calls.Add(new Call(id, IsAnswered: false));
                _unanswered++;
            }
        }
    }

    private void Answer(RequestCheck check, in RequestMembers message)
    {
        if (_caller < 0)
        {
            RequestPath place = check.Path;
            check.Error(
                message[MemberName.Role],
                place.Member("role"),
                $"{place} is a tool's answer, but the messages before it call no tool: it has to follow an assistant's message with tool_calls.",
                JsonFix.Choice(JsonPatch.Remove(place)));
            return;
        }
        JsonSlice id = message[MemberName.ToolCallId];
        if (id.Type != JsonTokenType.String)
        {
            // That is told already; the call that it was for is not told as well.
            Accept(_calls.FindIndex(call => !call.IsAnswered));
            return;
        }
        int index = Find(id);
        if (index < 0)
        {
            RequestPath place = check.Path.Member("tool_call_id");
            check.Error(id, place, $"{place} is {Shown(id)}, which is no call of messages[{_caller}].tool_calls.", OnlyCall(place));
        }
        else if (_calls[index].IsAnswered)
        {
            RequestPath place = check.Path.Member("tool_call_id");
            check.Error(id, place, $"{place} is {Shown(id)}, which is answered already: one answer to a call.", JsonFix.Choice(JsonPatch.Remove(check.Path)));
        }
        else
        {
            Accept(index);
        }
    }

    private void Accept(int index)
    {
        if (index >= 0)
        {
            _calls[index] = _calls[index] with { IsAnswered = true };
            _unanswered--;
        }
    }

    private JsonFix? OnlyCall(RequestPath place) =>
        _unanswered == 1 ? JsonFix.Choice(JsonPatch.Replace(place, _calls.First(call => !call.IsAnswered).Id.GetString())) : null;

    // Of two calls with one id, the first that waits.
    private int Find(JsonSlice id)
    {
        if (_calls.Count > FewCalls)
        {
            return FindAmongMany(id.GetString());
        }
        int found = -1;
        for (int i = 0; i < _calls.Count; i++)
        {
            if (JsonSliceText.SameText(_calls[i].Id, id))
            {
                found = i;
                if (!_calls[i].IsAnswered)
                {
                    break;
                }
            }
        }
        return found;
    }

    private int FindAmongMany(string id)
    {
        if (_byId is null)
        {
            _byId = new(StringComparer.Ordinal);
            for (int i = 0; i < _calls.Count; i++)
            {
                _byId[_calls[i].Id.GetString()] = i;
            }
        }
        return _byId.TryGetValue(id, out int index) ? index : -1;
    }

    private static string Shown(JsonSlice id) => $"\"{VisibleText.Line(id.GetString(), 60)}\"";

    private readonly record struct Call(JsonSlice Id, bool IsAnswered);
}
