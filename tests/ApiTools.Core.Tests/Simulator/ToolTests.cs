using System.Text.Json;
using ApiTools.Simulator;

namespace ApiTools.Core.Tests.Simulator;

/// <summary>Tool calls, answers that were said beforehand, schemas and images, plain and streamed.</summary>
public sealed class ToolTests
{
    private const string Tools = """
        ,"tools":[
          {"type":"function","function":{"name":"get_weather","parameters":{"type":"object","required":["city"],"properties":{"city":{"type":"string"},"days":{"type":"integer","minimum":1}}}}},
          {"type":"function","function":{"name":"get_time"}}]
        """;

    [Fact]
    public async Task A_line_with_call_calls_a_tool_and_several_call_several()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        JsonElement choice = await AskAsync(simulator, """Please\ncall get_weather {\"city\":\"Oslo\"}\ncall get_time""", Tools);
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("message").GetProperty("content").ValueKind);
        Assert.Equal(
            """[{"id":"call_sim_000001_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Oslo\"}"}},{"id":"call_sim_000001_2","type":"function","function":{"name":"get_time","arguments":"{}"}}]""",
            choice.GetProperty("message").GetProperty("tool_calls").GetRawText());
    }

    [Fact]
    public async Task Without_tools_a_line_with_call_is_a_text_like_another()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        Assert.Equal("stop", (await AskAsync(simulator, "call get_time", "")).GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task What_a_call_says_is_sent_as_it_is_written()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        JsonElement choice = await AskAsync(simulator, """call no_such_tool {\"half\": ; rm -rf /""", Tools);
        Assert.Equal(["""no_such_tool({"half": ; rm -rf /)"""], Calls(choice));
    }

    [Fact]
    public async Task After_the_tools_have_answered_the_answer_quotes_them_and_then_call_begins_a_further_round()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        const string Prompt = """{"role":"user","content":"call get_time\nthen call get_weather {}"}""";
        const string First = """{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"get_time","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":"12:00"}""";
        const string Second = """{"role":"assistant","content":null,"tool_calls":[{"id":"b","type":"function","function":{"name":"get_weather","arguments":"{}"}},{"id":"c","type":"function","function":{"name":"get_time","arguments":"{}"}}]},{"role":"tool","tool_call_id":"b","content":"sunny"},{"role":"tool","tool_call_id":"c","content":[{"type":"text","text":"call get_time"}]}""";
        Assert.Equal(["get_time({})"], Calls(await SendAsync(simulator, Prompt, Tools)));
        Assert.Equal(["get_weather({})"], Calls(await SendAsync(simulator, $"{Prompt},{First}", Tools)));
        JsonElement last = await SendAsync(simulator, $"{Prompt},{First},{Second}", Tools);
        Assert.StartsWith("The tools say: \"sunny\", \"call get_time\" ", last.GetProperty("message").GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal("stop", last.GetProperty("finish_reason").GetString());
    }

    [Theory]
    [InlineData("\"none\"", "call get_time", "stop")]
    [InlineData("\"auto\"", "Hello", "stop")]
    [InlineData("\"required\"", "Hello", "tool_calls", "get_weather({\"city\":\"text\",\"days\":1})")]
    [InlineData("\"required\"", "call get_time", "tool_calls", "get_time({})")]
    // OpenAI ends such an answer with stop.
    [InlineData("""{"type":"function","function":{"name":"get_time"}}""", "Hello", "stop", "get_time({})")]
    [InlineData("""{"type":"function","function":{"name":"get_time"}}""", "call get_weather", "stop", "get_time({})")]
    [InlineData("""{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"get_time"}}]}}""", """call get_weather\ncall get_time {\"utc\":true}""", "tool_calls", "get_time({\"utc\":true})")]
    [InlineData("""{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"get_time"}}]}}""", "Hello", "tool_calls", "get_time({})")]
    public async Task The_choice_of_tools_is_kept_to(string choice, string prompt, string finish, params string[] calls)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        JsonElement answer = await AskAsync(simulator, prompt, $"{Tools},\"tool_choice\":{choice}");
        Assert.Equal(calls, Calls(answer));
        Assert.Equal(finish, answer.GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Where_calls_may_not_be_parallel_there_is_one()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        Assert.Equal(["get_time({})"], Calls(await AskAsync(simulator, "call get_time\\ncall get_weather", Tools + ",\"parallel_tool_calls\":false")));
    }

    [Fact]
    public async Task A_call_that_is_longer_than_the_answer_may_be_is_cut_off()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        JsonElement answer = await AskAsync(simulator, $$"""call get_time {\"a\":\"{{new string('x', 400)}}\"}\ncall get_time""", Tools + ",\"max_tokens\":12");
        Assert.Equal("length", answer.GetProperty("finish_reason").GetString());
        string call = Assert.Single(Calls(answer));
        Assert.StartsWith("get_time({\"a\":\"xxx", call, StringComparison.Ordinal);
        Assert.DoesNotContain('}', call);
    }

    [Fact]
    public async Task A_stream_of_calls_comes_in_pieces_that_make_the_plain_answer()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        const string Prompt = """call get_weather {\"city\":\"Ålesund 🌧, Norway\",\"days\":3}\ncall get_time""";
        string[] plain = Calls(await AskAsync(simulator, Prompt, Tools));
        List<JsonElement> chunks = await StreamAsync(simulator, SimulatorFixture.Body(Prompt, Tools + ",\"stream\":true"));
        Assert.Equal("""{"role":"assistant","content":null}""", chunks[0].GetProperty("delta").GetRawText());
        string[] names = new string[2];
        string[] arguments = ["", ""];
        int pieces = 0;
        foreach (JsonElement call in chunks.Take(1..^1).Select(chunk => Assert.Single(chunk.GetProperty("delta").GetProperty("tool_calls").EnumerateArray())))
        {
            int index = call.GetProperty("index").GetInt32();
            JsonElement function = call.GetProperty("function");
            names[index] = function.TryGetProperty("name", out JsonElement name) ? name.GetString()! : names[index];
            arguments[index] += function.GetProperty("arguments").GetString();
            pieces++;
        }
        Assert.Equal(plain, names.Zip(arguments, (name, text) => $"{name}({text})"));
        Assert.True(pieces > 5);
        Assert.Equal("tool_calls", chunks[^1].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task No_piece_ends_in_the_middle_of_a_character()
    {
        string arguments = "1234567" + string.Concat(Enumerable.Repeat("🌧", 9));
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions { Answers = [new() { ToolCalls = [new() { Name = "x", Arguments = arguments }] }] });
        List<JsonElement> chunks = await StreamAsync(simulator, SimulatorFixture.Body("Hi", ",\"stream\":true"));
        // Half a character cannot be read as a string.
        Assert.Equal(arguments, string.Concat(chunks.Take(2..^1).Select(chunk => chunk.GetProperty("delta").GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString())));
    }

    [Fact]
    public async Task Answers_that_are_said_beforehand_are_given_in_their_order_and_then_the_ordinary_ones()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions
        {
            Answers =
            [
                new() { Content = "First." },
                new() { Refusal = "I will not." },
                new() { Content = "Half", FinishReason = "content_filter" },
                new() { ToolCalls = [new() { Id = "mine", Name = "x y", Arguments = "no JSON" }] },
                new() { Content = "Paris.", Prompt = "*france*", Times = -1 },
            ],
        });
        Assert.Equal("""{"index":0,"message":{"role":"assistant","content":"First.","refusal":null},"logprobs":null,"finish_reason":"stop"}""", (await AskAsync(simulator, "1", "")).GetRawText());
        Assert.Equal("""{"index":0,"message":{"role":"assistant","content":null,"refusal":"I will not."},"logprobs":null,"finish_reason":"stop"}""", (await AskAsync(simulator, "2", "")).GetRawText());
        Assert.Equal("content_filter", (await AskAsync(simulator, "3", "")).GetProperty("finish_reason").GetString());
        JsonElement call = await AskAsync(simulator, "4", "");
        Assert.Equal("mine", call.GetProperty("message").GetProperty("tool_calls")[0].GetProperty("id").GetString());
        Assert.Equal(["x y(no JSON)"], Calls(call));
        Assert.Equal("Paris.", Text(await AskAsync(simulator, "The capital of France?", "")));
        Assert.StartsWith("You asked", Text(await AskAsync(simulator, "5", "")), StringComparison.Ordinal);
        Assert.Equal("Paris.", Text(await AskAsync(simulator, "And of France?", "")));
    }

    [Fact]
    public async Task A_chat_that_meets_an_error_or_a_limit_uses_up_no_answer()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions { Answers = [new() { Content = "Once." }], TokenLimit = 10 });
        using HttpResponseMessage wrong = await simulator.AskAsync("Hi", ",\"temperature\":9");
        using HttpResponseMessage large = await simulator.AskAsync(new string('a', 400));
        Assert.Equal([400, 429], new[] { (int)wrong.StatusCode, (int)large.StatusCode });
        Assert.Equal("Once.", Text(await AskAsync(simulator, "Hi", "")));
    }

    [Fact]
    public async Task Ten_megabytes_of_arguments_come_whole_streamed_too()
    {
        string arguments = $$"""{"text":"{{new string('a', 10_000_000)}}"}""";
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions { Answers = [new() { ToolCalls = [new() { Name = "x", Arguments = arguments }], Times = -1 }] });
        Assert.Equal(arguments.Length + 3, Assert.Single(Calls(await AskAsync(simulator, "Hi", ""))).Length);
        List<JsonElement> chunks = await StreamAsync(simulator, SimulatorFixture.Body("Hi", ",\"stream\":true"));
        Assert.InRange(chunks.Count, 60, 70);
        Assert.Equal(arguments.Length, chunks.Take(1..^1).Sum(chunk => chunk.GetProperty("delta").GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString()!.Length));
    }

    [Fact]
    public async Task Tools_and_images_count_as_tokens_of_the_prompt()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
        string message = $$$"""{"role":"user","content":[{"type":"text","text":"12345678"},{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Png}}}"}},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}""";
        Assert.Equal(2 + 85 + 85, await PromptTokensAsync(simulator, message, ""));
        Assert.Equal(2 + 85 + 85 + (("type"u8.Length + "function"u8.Length + "function"u8.Length + "name"u8.Length + "get"u8.Length) / 4), await PromptTokensAsync(simulator, message, ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get\"}}]"));
    }

    [Fact]
    public async Task A_model_whose_name_is_a_number_has_a_window_of_so_many_tokens()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions { Models = ["sim-2000"] });
        string Body(int length) => SimulatorFixture.Body(new string('a', length * 4)).Replace("gpt-4o", "sim-2000", StringComparison.Ordinal);
        using HttpResponseMessage fits = await simulator.PostAsync(Body(2000));
        using HttpResponseMessage tooLong = await simulator.PostAsync(Body(2001));
        Assert.Equal([200, 400], new[] { (int)fits.StatusCode, (int)tooLong.StatusCode });
        Assert.Contains("context_length_exceeded", await tooLong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<JsonElement> AskAsync(SimulatorFixture simulator, string prompt, string more) =>
        SendAsync(simulator, $$"""{"role":"user","content":"{{prompt}}"}""", more);

    private static async Task<JsonElement> SendAsync(SimulatorFixture simulator, string messages, string more) =>
        (await ReadAsync(simulator, messages, more)).GetProperty("choices")[0];

    private static async Task<long> PromptTokensAsync(SimulatorFixture simulator, string messages, string more) =>
        (await ReadAsync(simulator, messages, more)).GetProperty("usage").GetProperty("prompt_tokens").GetInt64();

    private static async Task<JsonElement> ReadAsync(SimulatorFixture simulator, string messages, string more)
    {
        using HttpResponseMessage answer = await simulator.PostAsync($$"""{"model":"gpt-4o"{{more}},"messages":[{{messages}}]}""");
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement;
    }

    private static async Task<List<JsonElement>> StreamAsync(SimulatorFixture simulator, string body)
    {
        using HttpResponseMessage answer = await simulator.PostAsync(body);
        string[] events = (await answer.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", events[^1]);
        return [.. events[..^1].Select(item => JsonDocument.Parse(item["data: ".Length..]).RootElement.GetProperty("choices")[0])];
    }

    private static string Text(JsonElement choice) => choice.GetProperty("message").GetProperty("content").GetString()!;

    private static string[] Calls(JsonElement choice) =>
        choice.GetProperty("message").TryGetProperty("tool_calls", out JsonElement calls)
            ? [.. calls.EnumerateArray().Select(call => call.GetProperty("function")).Select(function => $"{function.GetProperty("name").GetString()}({function.GetProperty("arguments").GetString()})")]
            : [];
}
