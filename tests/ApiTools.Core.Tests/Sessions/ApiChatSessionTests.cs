using System.Text;
using ApiTools.Chat;
using ApiTools.Sessions;

namespace ApiTools.Core.Tests.Sessions;

/// <summary>A session in one process: how it grows, and what it allows.</summary>
public sealed class ApiChatSessionTests
{
    [Fact]
    public void It_grows_by_what_is_committed_and_by_nothing_else()
    {
        ApiChatSession session = new();
        using (SessionTurn lost = session.Begin())
        {
            lost.Add(ChatRequestWriter.Message("user", "lost"));
            lost.SetSystemMessage("lost");
        }
        Assert.Empty(session.Messages);
        SessionTurn turn = session.Begin();
        turn.Add(ChatRequestWriter.Message("user", "kept"));
        Assert.Empty(session.Messages);
        turn.Add(Completion("Yes."));
        turn.Commit("m");
        turn.Dispose();
        Assert.Equal(["user: kept", "assistant: Yes."], session.Messages.Select(message => message.ToString()));
        Assert.Equal(("m", 1, 1, "3 + 4 = 7"), (session.Model, session.Turns, session.Calls, session.Usage.ToString()));
        session.Begin().Commit(null);
        Assert.Equal("m", session.Model);
    }

    [Fact]
    public void It_takes_one_call_at_a_time()
    {
        ApiChatSession session = new();
        SessionTurn turn = session.Begin();
        foreach (Action action in new Action[] { () => session.Begin(), session.Undo, () => session.SystemMessage = "x" })
        {
            Assert.Equal("session_in_use", Assert.Throws<ApiSessionException>(action).Code);
        }
        turn.Dispose();
        using SessionTurn next = session.Begin();
        // Who has ended may not end another's.
        turn.Dispose();
        turn.Commit("m");
        Assert.Throws<ApiSessionException>(() => session.Begin());
    }

    [Fact]
    public void A_turn_with_tools_is_one_and_its_calls_are_counted()
    {
        ApiChatSession session = new();
        SessionTurn turn = session.Begin();
        turn.Add(ChatRequestWriter.Message("user", "Time?"));
        turn.Add(Completion(string.Empty, new ChatToolCall("a", "get_time", "{}")));
        turn.Add(ChatMessageWriter.Tool("a", "12:00"));
        Assert.Equal(3, turn.Messages.Count());
        turn.Add(Completion("Noon."));
        turn.Commit("m");
        Assert.Equal((1, 2, 14), (session.Turns, session.Calls, session.Usage.TotalTokens));
        Assert.Equal("""{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"get_time","arguments":"{}"}}]}""", Encoding.UTF8.GetString(session.History.Messages[1].Utf8Json));
        session.Undo();
        Assert.Empty(session.Messages);
        Assert.Equal(2, session.Calls);
    }

    [Fact]
    public void Undo_keeps_system_messages_and_takes_what_was_said_to_nobody()
    {
        ApiChatSession session = Session(("system", "A"), ("assistant", "Hello!"), ("user", "1"), ("user", "2"), ("assistant", "3"), ("developer", "B"), ("assistant", "4"));
        session.Undo();
        Assert.Equal("A Hello! B", string.Join(" ", session.Messages.Select(message => message.Content)));
        session.Undo();
        Assert.Equal("A B", string.Join(" ", session.Messages.Select(message => message.Content)));
        session.Undo();
        Assert.Equal(2, session.Messages.Length);
    }

    [Fact]
    public void Another_system_message_takes_the_place_of_the_first_and_its_role()
    {
        ApiChatSession session = Session(("developer", "A"), ("user", "1"));
        session.SystemMessage = "B";
        Assert.Equal(["developer: B", "user: 1"], session.Messages.Select(message => message.ToString()));
        session.SystemMessage = null;
        Assert.Equal(["user: 1"], session.Messages.Select(message => message.ToString()));
        session.SystemMessage = "C";
        Assert.Equal(["system: C", "user: 1"], session.Messages.Select(message => message.ToString()));
        Assert.Throws<ApiRequestException>(() => session.SystemMessage = "half \ud83d");
        Assert.Equal("C", session.SystemMessage);
    }

    [Fact]
    public void What_a_model_cut_in_the_middle_of_a_character_can_be_sent_again()
    {
        byte[] message = ChatMessageWriter.Assistant(Completion("half \ud83d", new ChatToolCall("a", new string('x', 70) + " y", "\udc00")));
        Assert.Equal($$$"""{"role":"assistant","content":"half �","tool_calls":[{"id":"a","type":"function","function":{"name":"{{{new string('x', 64)}}}","arguments":"�"}}]}""", Encoding.UTF8.GetString(message));
    }

    [Fact]
    public void Usage_is_summed_past_what_an_int_holds()
    {
        SessionUsage usage = default;
        for (int i = 0; i < 3; i++)
        {
            usage = usage.Plus(new ChatUsage(int.MaxValue, 1, int.MaxValue, null, 1));
        }
        Assert.Equal(3L * int.MaxValue, usage.Prompt);
        Assert.Equal((int.MaxValue, 3, 0, 3), (usage.ToUsage().PromptTokens, usage.ToUsage().CompletionTokens, usage.ToUsage().CachedTokens, usage.ToUsage().ReasoningTokens));
        Assert.Equal(usage, usage.Plus(null));
    }

    private static ApiChatSession Session(params (string Role, string Content)[] messages) =>
        new(new SessionHistory([.. messages.Select(message => new SessionMessage(ChatRequestWriter.Message(message.Role, message.Content)))]));

    private static ChatCompletion Completion(string content, params ChatToolCall[] calls) =>
        new("id", "m", [new ChatChoice(0, content, null, "thoughts", calls, "stop")], new ChatUsage(3, 4, 7, null, null));
}
