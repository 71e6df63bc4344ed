using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using ApiTools.Attachments;
using ApiTools.Chat;
using ApiTools.Files;
using ApiTools.Sessions;
using ApiTools.Validation;
using OpenAI.Chat;

namespace ApiTools.Core.Tests.Chat;

/// <summary>Whole conversations, with tools and attachments: what the engine sends and keeps, OpenAI's own .NET SDK reads; what the SDK writes, the engine reads.</summary>
public sealed class OpenAISdkConversationTests : IDisposable
{
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly string _folder = Directory.CreateTempSubdirectory("apitools").FullName;

    [Fact]
    public void The_SDK_reads_a_request_that_goes_on_after_tools_call_by_call_and_in_order()
    {
        using JsonDocument request = JsonDocument.Parse(AfterTools());

        ChatCompletionOptions options = ModelReaderWriter.Read<ChatCompletionOptions>(BinaryData.FromBytes(Encoding.UTF8.GetBytes(request.RootElement.GetRawText())))!;
        Assert.Equal(["get_weather", "get_time"], options.Tools.Select(tool => tool.FunctionName));
        Assert.Equal(["The weather of a city.", null], options.Tools.Select(tool => tool.FunctionDescription));
        Assert.Equal(
            """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","minimum":1}},"required":["city"],"additionalProperties":false}""",
            options.Tools[0].FunctionParameters.ToString());

        OpenAI.Chat.ChatMessage[] messages = SdkMessages(request.RootElement.GetProperty("messages"));
        Assert.Equal(["UserChatMessage", "AssistantChatMessage", "ToolChatMessage", "ToolChatMessage"], messages.Select(message => message.GetType().Name));
        AssistantChatMessage asked = (AssistantChatMessage)messages[1];
        Assert.Equal("Let me look.", Assert.Single(asked.Content).Text);
        Assert.Equal(
            ["a get_weather({\"city\":\"Zürich \\\"😀\\\"\"})", "a_1 get_time({})"],
            asked.ToolCalls.Select(call => $"{call.Id} {call.FunctionName}({call.FunctionArguments})"));
        Assert.Equal(
            ["a: {\"t\":21}", "a_1: The arguments are no JSON."],
            messages.OfType<ToolChatMessage>().Select(message => $"{message.ToolCallId}: {Assert.Single(message.Content).Text}"));
    }

    [Fact]
    public async Task Both_read_the_same_calls_of_an_answer_whose_ids_differ()
    {
        const string Answer = """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"t2","type":"function","function":{"name":"g","arguments":"{\"b\":[1,{\"c\":null}]}"}},{"id":"t1","type":"function","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}],"usage":null}""";
        OpenAI.Chat.ChatCompletion theirs = ModelReaderWriter.Read<OpenAI.Chat.ChatCompletion>(BinaryData.FromString(Answer))!;
        ToolExchange ours = new(await Answers.ReadAsync(Answer, "application/json"));

        Assert.Equal(theirs.ToolCalls.Select(call => $"{call.Id} {call.FunctionName}({call.FunctionArguments})"), ours.Calls.Select(call => $"{call.Id} {call}"));

        // And the message that each of them sends again is one and the same.
        ours.Answer(0, "1");
        ours.Answer(1, "2");
        using JsonDocument mine = JsonDocument.Parse(ours.Messages[0]);
        using JsonDocument their = JsonDocument.Parse(ModelReaderWriter.Write<OpenAI.Chat.ChatMessage>(new AssistantChatMessage(theirs)));
        Assert.True(JsonElement.DeepEquals(mine.RootElement.GetProperty("tool_calls"), their.RootElement.GetProperty("tool_calls")));
    }

    [Fact]
    public void A_conversation_with_tools_that_the_SDK_writes_is_a_session()
    {
        OpenAI.Chat.ChatMessage[] said =
        [
            new SystemChatMessage("Be brief."),
            new UserChatMessage("Weather?"),
            new AssistantChatMessage([ChatToolCall("x1", "get_weather", """{"city":"Oslo"}"""), ChatToolCall("x2", "get_time", "{}")]),
            new ToolChatMessage("x1", """{"t":3}"""),
            new ToolChatMessage("x2", "12:00"),
            new AssistantChatMessage("3 degrees at noon."),
        ];
        string text = $$"""{"model":"gpt-4o","messages":[{{string.Join(",", said.Select(message => ModelReaderWriter.Write(message).ToString()))}}]}""";

        Assert.Empty(RequestValidator.Validate(Encoding.UTF8.GetBytes(text), RequestCheckOptions.Default).Findings);
        ApiChatSession session = new(SessionReader.Read(Encoding.UTF8.GetBytes(text), "sdk.json"));
        Assert.Equal((1, "Be brief."), (session.Turns, session.SystemMessage));
        Assert.Equal(["x1 get_weather({\"city\":\"Oslo\"})", "x2 get_time({})"], session.Messages[2].ToolCalls.Select(call => $"{call.Id} {call}"));
        Assert.Equal(["x1: {\"t\":3}", "x2: 12:00"], session.Messages.Where(message => message.Role == "tool").Select(message => $"{message.ToolCallId}: {message.Content}"));
        Assert.Equal("3 degrees at noon.", session.Messages[5].Content);
    }

    [Fact]
    public async Task The_SDK_reads_a_kept_session_with_attachments_and_tools_byte_for_byte()
    {
        AttachmentReader reader = new("low");
        byte[] pdf = Encoding.Latin1.GetBytes("%PDF-1.7\n%âãÏÓ\n");
        string file = Path.Combine(_folder, "ö \"1\".pdf");
        await File.WriteAllBytesAsync(file, pdf);
        byte[] message = AttachmentParts.Message("What are these?", [
            await reader.ReadBytesAsync(Png, AttachmentReader.MaximumBytes, default),
            await reader.ReadFileAsync(file, Path.GetFileName(file), AttachmentReader.MaximumBytes, default),
            await reader.ReadBytesAsync(Encoding.UTF8.GetBytes("notes"), AttachmentReader.MaximumBytes, default),
        ]);
        using JsonDocument request = JsonDocument.Parse(AfterTools());
        SessionHistory history = SessionHistory.Empty.With(message);
        foreach (JsonElement next in request.RootElement.GetProperty("messages").EnumerateArray().Skip(1))
        {
            history = history.With(Encoding.UTF8.GetBytes(next.GetRawText()));
        }
        string path = Path.Combine(_folder, "chat.json");
        await SessionFile.WriteAsync(new ApiChatSession(history), path, ExistingFile.Replace, CancellationToken.None);

        using JsonDocument kept = JsonDocument.Parse(await File.ReadAllBytesAsync(path));
        OpenAI.Chat.ChatMessage[] messages = SdkMessages(kept.RootElement.GetProperty("messages"));
        Assert.Equal(["UserChatMessage", "AssistantChatMessage", "ToolChatMessage", "ToolChatMessage"], messages.Select(each => each.GetType().Name));
        ChatMessageContent parts = messages[0].Content;
        Assert.Equal(("What are these?", "notes"), (parts[0].Text, parts[3].Text));
        Assert.Equal(("image/png", ChatImageDetailLevel.Low), (parts[1].ImageBytesMediaType, parts[1].ImageDetailLevel));
        Assert.Equal(Png, parts[1].ImageBytes.ToArray());
#pragma warning disable OPENAI001 // Said to be for evaluation.
        Assert.Equal(("ö \"1\".pdf", "application/pdf"), (parts[2].Filename, parts[2].FileBytesMediaType));
        Assert.Equal(pdf, parts[2].FileBytes.ToArray());
        // The part as the SDK itself writes it.
        using JsonDocument theirs = JsonDocument.Parse(ModelReaderWriter.Write<OpenAI.Chat.ChatMessage>(
            new UserChatMessage(ChatMessageContentPart.CreateFilePart(BinaryData.FromBytes(pdf), "application/pdf", "ö \"1\".pdf"))));
#pragma warning restore OPENAI001
        Assert.True(JsonElement.DeepEquals(theirs.RootElement.GetProperty("content")[0], kept.RootElement.GetProperty("messages")[0].GetProperty("content")[2]));

        ApiChatSession read = await SessionFile.ReadAsync(path, path, CancellationToken.None);
        Assert.Equal(history.Messages.Select(each => Encoding.UTF8.GetString(each.Utf8Json)), read.History.Messages.Select(each => Encoding.UTF8.GetString(each.Utf8Json)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // One id for two calls, arguments that are no JSON, a text with the calls.
    private static byte[] AfterTools()
    {
        ToolDefinition[] tools =
        [
            new("get_weather", "The weather of a city.", [new("city", new ToolSchema { Type = "string" }, true), new("days", new ToolSchema { Type = "integer", Minimum = "1" }, false)]),
            new("get_time", null, []),
        ];
        ChatParameters parameters = new() { Model = "gpt-4o", Property = [new("tools", ToolDefinitionWriter.Tools(tools))] };
        byte[] request = ChatRequestWriter.Write([ChatRequestWriter.Message("user", "Weather?")], parameters);
        ApiTools.ChatToolCall[] calls = [new("a", "get_weather", """{"city":"Zürich \"😀\""}"""), new("a", "get_time", "{half")];
        ToolExchange exchange = new(new ChatCompletion("id", "gpt-4o", [new ChatChoice(0, "Let me look.", null, null, calls, "tool_calls")], null));
        exchange.Answer(0, """{"t":21}""");
        exchange.Answer(1, "The arguments are no JSON.");
        byte[] next = exchange.Continue(request);
        Assert.Empty(RequestValidator.Validate(next, RequestCheckOptions.Default).Findings);
        return next;
    }

    private static OpenAI.Chat.ChatToolCall ChatToolCall(string id, string name, string arguments) =>
        OpenAI.Chat.ChatToolCall.CreateFunctionToolCall(id, name, BinaryData.FromString(arguments));

    private static OpenAI.Chat.ChatMessage[] SdkMessages(JsonElement messages) =>
        [.. messages.EnumerateArray().Select(message => ModelReaderWriter.Read<OpenAI.Chat.ChatMessage>(BinaryData.FromString(message.GetRawText()))!)];
}
