using System.Text.Json;
using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>The messages of a request, grouped into turns: what a user says, and all that follows up to what a user says next.</summary>
internal sealed class Conversation
{
    /// <summary>The turn of messages that belong to none: system and developer messages hold for all of them.</summary>
    public const int NoTurn = -1;

    private readonly List<JsonSlice> _messages = [];
    private readonly List<int> _turns = [];
    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);
    private int _begun;
    private int _turn;
    private bool _usersSpeak;

    /// <param name="messages">The array of messages.</param>
    public Conversation(JsonSlice messages)
    {
        JsonChildren items = messages.Children();
        while (items.MoveNext())
        {
            Add(items.Value);
        }
        Turns = [.. _turns.Where(turn => turn != NoTurn).Distinct()];
    }

    /// <summary>The messages.</summary>
    public IReadOnlyList<JsonSlice> Messages => _messages;

    /// <summary>The turns, the oldest first.</summary>
    public IReadOnlyList<int> Turns { get; }

    /// <summary>The messages that stay where the oldest turns are left out.</summary>
    /// <param name="dropped">How many turns.</param>
    public IEnumerable<JsonSlice> Without(int dropped) => _messages.Where((_, index) => !IsDropped(index, dropped));

    /// <summary>The messages that go where the oldest turns are left out, as runs of neighbours.</summary>
    public IEnumerable<(int First, int Last)> Runs(int dropped)
    {
        for (int i = 0; i < _messages.Count; i++)
        {
            int first = i;
            while (i < _messages.Count && IsDropped(i, dropped))
            {
                i++;
            }
            if (i > first)
            {
                yield return (first, i - 1);
            }
        }
    }

    private bool IsDropped(int index, int dropped) => _turns[index] != NoTurn && dropped > 0 && _turns[index] <= Turns[dropped - 1];

    private void Add(JsonSlice message)
    {
        string? role = null;
        string? answered = null;
        List<string> calls = [];
        JsonChildren members = message.Children();
        while (message.Type == JsonTokenType.StartObject && members.MoveNext())
        {
            switch (members.Name)
            {
                case "role":
                    role = Text(members.Value);
                    break;
                case "tool_call_id":
                    answered = Text(members.Value);
                    break;
                case "tool_calls":
                    ReadCalls(members.Value, calls);
                    break;
                default:
                    break;
            }
        }
        Place(message, role, calls, answered);
    }

    private void Place(JsonSlice message, string? role, List<string> calls, string? answered)
    {
        _messages.Add(message);
        if (role is "system" or "developer")
        {
            _turns.Add(NoTurn);
            return;
        }
        // What a user says in several messages, one after the other, is one turn.
        if (role == "user" && !_usersSpeak && _messages.Count > 1)
        {
            // A number that was joined to another is not given again.
            _turn = ++_begun;
        }
        _usersSpeak = role == "user";
        _turns.Add(_turn);
        foreach (string call in calls)
        {
            _calls[call] = _turns.Count - 1;
        }
        if (role == "tool" && answered is not null && _calls.TryGetValue(answered, out int asked) && _turns[asked] < _turn)
        {
            Join(_turns[asked]);
        }
    }

    // A tool's answer that comes after a user has spoken again: both turns, and what is between them, are one.
    private void Join(int turn)
    {
        for (int i = _turns.Count - 1; i >= 0 && (_turns[i] == NoTurn || _turns[i] > turn); i--)
        {
            if (_turns[i] != NoTurn)
            {
                _turns[i] = turn;
            }
        }
        _turn = turn;
    }

    private static void ReadCalls(JsonSlice value, List<string> calls)
    {
        JsonChildren items = value.Children();
        while (value.Type == JsonTokenType.StartArray && items.MoveNext())
        {
            JsonChildren members = items.Value.Children();
            while (items.Value.Type == JsonTokenType.StartObject && members.MoveNext())
            {
                if (members.Name == "id" && Text(members.Value) is string id)
                {
                    calls.Add(id);
                }
            }
        }
    }

    private static string? Text(JsonSlice value) => value.Type == JsonTokenType.String ? value.GetString() : null;
}
