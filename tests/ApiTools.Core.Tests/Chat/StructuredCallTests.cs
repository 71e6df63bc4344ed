#if NET
using System.ClientModel.Primitives;
#endif
using System.Text;
using System.Text.Json;
using ApiTools.Chat;
using ApiTools.Schemas;
#if NET
using OpenAI.Chat;
#endif

namespace ApiTools.Core.Tests.Chat;

public sealed class StructuredCallTests
{
    private const string Schema = """{"type":"object","title":"The price","properties":{"price":{"type":"number"}},"required":["price"],"additionalProperties":false}""";

    private static readonly byte[] Request = Encoding.UTF8.GetBytes("""{"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}]}""");

#if NET
    [Fact]
    public void The_SDK_reads_the_response_format_as_it_was_meant()
    {
        byte[] request = ChatRequestWriter.Override(Request, new ChatParameters { ResponseFormat = Make(ChatSchemaMode.Strict).ResponseFormat }, null);
        ChatCompletionOptions options = ModelReaderWriter.Read<ChatCompletionOptions>(BinaryData.FromBytes(request))!;
        using JsonDocument written = JsonDocument.Parse(ModelReaderWriter.Write(options.ResponseFormat));
        JsonElement format = written.RootElement.GetProperty("json_schema");
        Assert.Equal("json_schema", written.RootElement.GetProperty("type").GetString());
        Assert.Equal("The_price", format.GetProperty("name").GetString());
        Assert.True(format.GetProperty("strict").GetBoolean());
        Assert.Equal(Schema, format.GetProperty("schema").GetRawText());
    }
#endif

    [Fact]
    public void A_request_that_is_to_have_no_response_format_loses_its_own()
    {
        byte[] request = ChatRequestWriter.Override(Encoding.UTF8.GetBytes("""{"response_format":{"type":"json_object"},"messages":[]}"""), new ChatParameters { ResponseFormat = Make(ChatSchemaMode.Prompt).ResponseFormat }, null);
        Assert.Equal("""{"messages":[]}""", Encoding.UTF8.GetString(request));
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}],"seed":1.0}""", """{"messages":[{"role":"system","content":"TOLD"},{"role":"user","content":"Hi"}],"seed":1.0}""")]
    [InlineData("""{"messages":[{"role":"developer","content":"Be brief.","name":"a"}]}""", """{"messages":[{"role":"developer","content":"Be brief.\n\nTOLD","name":"a"}]}""")]
    [InlineData("""{"messages":[{"role":"system","content":[{"type":"text","text":"x"}]}]}""", """{"messages":[{"role":"system","content":"TOLD"},{"role":"system","content":[{"type":"text","text":"x"}]}]}""")]
    [InlineData("""{"messages":{}}""", """{"messages":{}}""")]
    [InlineData("no JSON", "no JSON")]
    public void A_schema_is_told_in_the_system_message(string request, string expected)
    {
        AnswerSchema schema = Make(ChatSchemaMode.Prompt);
        byte[] told = SchemaMessages.Tell(Encoding.UTF8.GetBytes(request), schema);
        string instruction = JsonEncodedText.Encode($"Answer with JSON alone, with no text around it, that matches this JSON Schema:\n{Schema}", System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        Assert.Equal(expected.Replace("TOLD", instruction, StringComparison.Ordinal), Encoding.UTF8.GetString(told));
        // A request that is sent again says it once.
        Assert.Equal(told, SchemaMessages.Tell(told, schema));
    }

    [Fact]
    public void A_schema_is_told_in_a_request_that_is_nested_deeper_than_the_check_takes()
    {
        string deep = $$"""{"messages":[],"x":{{new string('[', 500)}}{{new string(']', 500)}}}""";
        Assert.Contains("matches this JSON Schema", Encoding.UTF8.GetString(SchemaMessages.Tell(Encoding.UTF8.GetBytes(deep), Make(ChatSchemaMode.Prompt))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I will not.", "", "stop", "answer_refused", "The model will not answer: I will not.")]
    [InlineData(null, "{\"pri", "content_filter", "answer_refused", "The answer was cut off by the service's content filter (finish reason 'content_filter').")]
    [InlineData(null, "{\"pri", "length", "answer_cut", "The answer was cut off before its JSON was whole: it reached max_tokens or the end of the context window (finish reason 'length').")]
    [InlineData(null, "{}", "stop", "schema_mismatch", "The answer does not match the schema: $.price: expected number, and it is not there.")]
    public async Task Refused_cut_and_wrong_answers_are_told_apart(string? refusal, string content, string finish, string code, string message)
    {
        StructuredCall call = new(Make(ChatSchemaMode.Strict), corrects: false, TimeProvider.System);
        ApiException exception = await Assert.ThrowsAsync<ApiResponseException>(() => call.SendAsync(Call(), _ => Answer(content, finish, refusal), _ => default));
        Assert.Equal((code, message), (exception.Code, exception.Message));
        Assert.Equal(Schema, exception.Schema);
        Assert.Same(Request, exception.RequestBody);
    }

    [Fact]
    public async Task An_answer_that_calls_tools_is_not_the_last_and_is_not_checked()
    {
        StructuredCall call = new(Make(ChatSchemaMode.Strict), corrects: true, TimeProvider.System);
        ChatChoice choice = new(0, string.Empty, null, null, [new ChatToolCall("call_1", "f", "{}")], "tool_calls");
        ChatCompletion completion = new("id", "gpt-4o", [choice], null);
        Assert.Same(completion, await call.SendAsync(Call(), _ => Task.FromResult(completion), _ => default));
    }

    [Fact]
    public async Task A_cut_answer_that_is_whole_all_the_same_is_taken()
    {
        StructuredCall call = new(Make(ChatSchemaMode.Strict), corrects: false, TimeProvider.System);
        ChatCompletion completion = await call.SendAsync(Call(), _ => Answer("""{"price":1}""", "length", null), _ => default);
        Assert.Equal("1", completion.Choices[0].ParsedTree!.Children[0].Text);
    }

    [Fact]
    public async Task The_second_try_has_the_answer_and_what_was_wrong_and_both_are_summed()
    {
        StructuredCall call = new(Make(ChatSchemaMode.Strict), corrects: true, TimeProvider.System);
        Queue<string> answers = new(["{\"price\":\"\\ud83d\"}", """{"price":2}"""]);
        List<string> sent = [];
        List<string> told = [];
        List<bool> corrects = [];
        ChatCompletion completion = await call.SendAsync(
            Call(),
            next =>
            {
                sent.Add(Encoding.UTF8.GetString(next.Body));
                corrects.Add(next.IsCorrection);
                return Answer(answers.Dequeue(), "stop", null);
            },
            error =>
            {
                told.Add(error.Code);
                return default;
            });
        Assert.Equal(["schema_mismatch"], told);
        Assert.Equal([false, true], corrects);
        Assert.Contains("That does not match the schema: $.price is no text", sent[1], StringComparison.Ordinal);
        Assert.Equal((20, 6, 26), (completion.Usage!.PromptTokens, completion.Usage.CompletionTokens, completion.Usage.TotalTokens));
        Assert.Equal(TimeSpan.FromSeconds(2), completion.Duration);
        Assert.Equal([(1, "schema_mismatch"), (2, null)], completion.AttemptHistory.Select(attempt => (attempt.Number, attempt.Code)));
    }

    [Theory]
    [InlineData("Order list: äß", "Order_list____")]
    [InlineData("", "answer")]
    public void A_schema_is_named_for_its_title(string title, string name) =>
        Assert.Equal(name, AnswerSchema.NameOf(JsonSchema.Read(Encoding.UTF8.GetBytes($$"""{"title":"{{title}}"}"""), isStrict: false), null));

    private static AnswerSchema Make(ChatSchemaMode mode)
    {
        JsonSchema schema = JsonSchema.Read(Encoding.UTF8.GetBytes(Schema), isStrict: true);
        return new AnswerSchema(schema, AnswerSchema.NameOf(schema, null), mode);
    }

    private static ChatCall Call() => new() { Body = Request, Model = "gpt-4o", Schema = Make(ChatSchemaMode.Strict) };

    private static Task<ChatCompletion> Answer(string content, string finish, string? refusal) =>
        Task.FromResult(new ChatCompletion("id", "gpt-4o", [new ChatChoice(0, content, refusal, null, [], finish)], new ChatUsage(10, 3, 13, null, null))
        {
            AttemptHistory = [new ApiAttempt(1, "gpt-4o", 200, null, TimeSpan.FromSeconds(1), null, "it succeeded")],
            Duration = TimeSpan.FromSeconds(1),
        });
}
