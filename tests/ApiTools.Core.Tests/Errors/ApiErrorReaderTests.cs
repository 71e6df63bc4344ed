using System.Reflection;
using System.Text;
using ApiTools.Errors;
using FsCheck;
using FsCheck.Fluent;

namespace ApiTools.Core.Tests.Errors;

public sealed class ApiErrorReaderTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "\"", ":", ",", "\"error\":", "\"message\":", "\"code\":", "\"detail\":", "\"metadata\":", "\"raw\":", "\"loc\":", "\"msg\":",
        "\"errors\":", "\"innererror\":", "\"content_filter_result\":", "\"details\":", "\"status\":", "null", "true", "429", "-1e999", "\"x\"", "\"\\ud800\"",
        "\"{\\\"error\\\":{}}\"", "{\"error\":", "{\"error\":{\"message\":", "\\", "\u001b[2J", "<html><title>", "</title>", " ", "\n", "é", "data: ", "\ufeff", "\0",
    ];

    [Fact]
    public void No_answer_makes_anything_but_a_typed_error()
    {
        Gen<byte[]> bodies = Gen.OneOf(
            Gen.Elements(Pieces).ListOf().Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces))),
            Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(),
            from name in Gen.Elements(ErrorFixtureTests.Expected.Select(row => (string)row[0]).ToArray())
            from at in Gen.Choose(0, 400)
            from change in Gen.Choose(0, 255)
            select Damage(HttpText.Load(name).Body, at, (byte)change));
        Gen<(byte[] Body, int Status, string? Type, string Header)> answers =
            from body in bodies
            from status in Gen.OneOf(Gen.Choose(100, 599), Gen.Elements(0, -1, int.MaxValue, 200, 429, 503))
            from type in Gen.Elements<string?>(null, "application/json", "text/html", "\u001b", string.Empty)
            from header in Gen.Elements(Pieces)
            select (body, status, type, header);

        Prop.ForAll(answers.ToArbitrary(), answer =>
        {
            ApiFailure failure = ApiErrorReader.Read(
                answer.Status, answer.Body, answer.Type, [new("retry-after", answer.Header), new("x-request-id", answer.Header), new("date", answer.Header)]);
            ApiException error = ApiExceptionFactory.Create(failure);

            Assert.Matches("^[A-Za-z0-9_.-]{1,64}$", error.Code);
            Assert.False(string.IsNullOrWhiteSpace(error.Message));
            Assert.InRange(error.Message.Length, 1, 8192);
            Assert.InRange(error.RawBody?.Length ?? 0, 0, 32_768);
            Assert.True(error.RetryAfter is null || (error.RetryAfter >= TimeSpan.Zero && error.RetryAfter <= TimeSpan.FromDays(365)));
            Assert.NotEmpty(error.Solution);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4000).WithEndSize(60));
    }

    [Fact]
    public void A_body_nested_a_hundred_thousand_deep_is_read()
    {
        ApiFailure arrays = Read(400, new string('[', 100_000));
        ApiFailure objects = Read(400, string.Concat(Enumerable.Repeat("{\"error\":", 100_000)));
        ApiFailure behind = Read(400, $"{{\"deep\":{new string('[', 100_000)}{new string(']', 100_000)},\"error\":{{\"code\":\"invalid_value\",\"message\":\"m\"}}}}");

        Assert.Equal(("invalid_value", "invalid_value", "m"), (arrays.Code, objects.Code, behind.Message));
        Growth.AssertLinear(depth => new string('[', depth), body => Read(400, body), 10_000);
    }

    [Fact]
    public void A_large_body_is_bounded()
    {
        ApiFailure failure = Read(500, "{\"error\":{\"message\":\"" + new string('x', 50_000_000) + "\"}}");

        Assert.Equal("internal_error", failure.Code);
        Assert.Equal(32_768, failure.RawBody!.Length);
        Assert.InRange(failure.Message.Length, 1, 8192);
    }

    [Fact]
    public void The_connections_own_key_is_nowhere_in_what_is_kept()
    {
        const string key = "my+own/key-without-looks";
        string body = $$"""{"error":{"message":"{{key}}","type":"{{key}}","param":"{{key}}","code":"{{key}}"},"echo":"my\u002Bown/key-without-looks my+own\/key-without-looks"}""";

        ApiFailure failure = ApiErrorReader.Read(400, Encoding.UTF8.GetBytes(body), "application/json", [new("x-request-id", key)], key: key);

        ApiException error = ApiExceptionFactory.Create(failure);
        Assert.All(
            [error.ToString(), error.Message, error.Type, error.Param, error.ServiceCode, error.RequestId, error.RawBody, error.Code],
            text => Assert.DoesNotContain("without-looks", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("my+own/key-without-looks", "my+own/key-without-looks")]
    [InlineData("my+own/key-without-looks", "my\\u002Bown/key-without-looks")]
    [InlineData("my+own/key-without-looks", "sk-abcdefgh-without-looks")]
    [InlineData(null, "sk-abcdefgh-without-looks")]
    [InlineData(null, "x\\nsk-abcdefgh-without-looks")]
    public void No_field_of_what_is_kept_holds_a_key_before_or_after_it_is_asked_for(string? key, string written)
    {
        foreach (string around in new[] { "", new string('x', 2_000), new string('x', 40_000), "é", "\ufeff" })
        {
            byte[] body = Encoding.UTF8.GetBytes($$$"""{"error":{"message":"The key {{{written}}} is wrong{{{around}}}","code":"invalid_api_key"}}""");
            ApiException error = ApiExceptionFactory.Create(ApiErrorReader.Read(401, body, "application/json", key: key));

            AssertNowhere(error, "without-looks");
            Assert.Contains("***", error.RawBody, StringComparison.Ordinal);
            AssertNowhere(error, "without-looks");
        }
    }

    [Fact]
    public void A_body_without_a_secret_is_kept_as_it_came()
    {
        foreach (string body in new[] { """{"error":{"message":"é","code":"c"}}""", """{"error":{"message":"see https://host/path","code":"c"}}""", $$$"""{"error":{"message":"{{{new string('x', 3_000)}}}"}}""" })
        {
            ApiFailure failure = ApiErrorReader.Read(400, Encoding.UTF8.GetBytes("\ufeff" + body), "application/json", key: "the-key");
            Assert.Equal((body, body), (failure.RawBody, failure.RawBody));
        }
    }

    [Fact]
    public void A_body_read_before_leaves_nothing_in_the_next()
    {
        ApiFailure large = Read(400, $$$"""{"error":{"message":"m","code":"first","param":"p","details":[{{{string.Join(',', Enumerable.Repeat("{\"a\":[1,2]}", 100))}}}]}}""");
        ApiFailure small = Read(400, """{"error":{"message":"n"}}""");

        Assert.Equal(("first", "p", "invalid_value", null, null), (large.ServiceCode, large.Param, small.Code, small.ServiceCode, small.Param));
    }

    [Fact]
    public void A_key_that_a_bound_cuts_through_is_not_kept_by_half()
    {
        const string key = "my-own-key-without-looks";
        foreach (int bound in new[] { 8_192, 16_384, 32_768, 40_960 })
        {
            for (int start = bound - key.Length - 1; start <= bound + 1; start++)
            {
                // Masks make text shorter, and so move what is behind them forward.
                string body = string.Concat(Enumerable.Repeat(key + " ", start / (key.Length + 1) / 4)).PadRight(start) + key + new string(' ', 20_000);
                ApiFailure failure = ApiErrorReader.Read(400, Encoding.UTF8.GetBytes(body), null, key: key);
                Assert.DoesNotContain("my-", failure.RawBody!, StringComparison.Ordinal);
                Assert.DoesNotContain("my-", failure.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("service_unavailable", 401, "service_unavailable", typeof(ApiServerException))]
    [InlineData("insufficient_quota", 403, "insufficient_quota", typeof(ApiLimitException))]
    [InlineData("model_not_found", 404, "model_not_supported", typeof(ApiRequestException))]
    [InlineData("model_not_found", 503, "model_not_supported", typeof(ApiRequestException))]
    [InlineData("model_not_found", 403, "model_not_found", typeof(ApiPermissionException))]
    [InlineData("MODEL_NOT_FOUND", 404, "model_not_supported", typeof(ApiRequestException))]
    [InlineData("billing_not_active", 429, "insufficient_quota", typeof(ApiLimitException))]
    [InlineData("timeout", 504, "service_unavailable", typeof(ApiServerException))]
    [InlineData("no_connection", 500, "internal_error", typeof(ApiServerException))]
    [InlineData("http_404", 400, "invalid_value", typeof(ApiRequestException))]
    [InlineData("invalid_request_error", 404, "http_404", typeof(ApiNotFoundException))]
    [InlineData("404", 404, "http_404", typeof(ApiNotFoundException))]
    [InlineData("模型不存在", 404, "http_404", typeof(ApiNotFoundException))]
    [InlineData("  own code! ", 400, "own_code", typeof(ApiRequestException))]
    [InlineData("a.b-c_D9", 418, "a.b-c_D9", typeof(ApiRequestException))]
    public void A_code_decides_before_the_status_and_the_status_before_nothing(string code, int status, string expected, Type exceptionType)
    {
        ApiException error = ApiExceptionFactory.Create(Read(status, $$$"""{"error":{"message":"m","code":"{{{code}}}"}}"""));

        Assert.Equal(expected, error.Code);
        Assert.IsType(exceptionType, error);
        Assert.Equal(code.Trim(), error.ServiceCode);
    }

    [Fact]
    public void Words_decide_only_from_the_beginning_and_only_without_a_code()
    {
        Assert.Equal("http_404", Read(404, """{"error":"You asked: model 'x' not found"}""").Code);
        Assert.Equal("their_own", Read(404, """{"error":{"message":"model 'x' not found","code":"their_own"}}""").Code);
        Assert.Equal("rate_limit_exceeded", Read(429, """{"error":{"message":"Quota! To raise your quota see our page"}}""").Code);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_body_in_UTF_16_is_read_by_its_byte_order_mark(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        foreach (string body in new[] { "{\"error\":{\"message\":\"Zu schnell: \u00fc\",\"code\":\"rate_limit_exceeded\"}}", "Zu schnell: \u00fc" })
        {
            ApiFailure failure = ApiErrorReader.Read(429, [.. encoding.GetPreamble(), .. encoding.GetBytes(body)], null);
            Assert.Equal(("rate_limit_exceeded", "Zu schnell: \u00fc"), (failure.Code, failure.Message));
            Assert.Equal(body, failure.Body!.Text);
        }
        // The mark alone, and half a character behind it.
        Assert.Equal("http_418", ApiErrorReader.Read(418, encoding.GetPreamble(), null).Code);
        Assert.Equal("http_418", ApiErrorReader.Read(418, [.. encoding.GetPreamble(), 65], null).Code);
    }

    [Fact]
    public void A_key_in_a_body_in_UTF_16_is_masked()
    {
        ApiFailure failure = ApiErrorReader.Read(401, [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("{\"error\":{\"message\":\"Wrong: plain-key-1 sk-abcdef0123\"}}")], null, key: "plain-key-1");
        Assert.Equal("Wrong: *** ***", failure.Message);
        Assert.Equal("{\"error\":{\"message\":\"Wrong: *** ***\"}}", failure.Body!.Text);
    }

    private static ApiFailure Read(int status, string body) => ApiErrorReader.Read(status, Encoding.UTF8.GetBytes(body), "application/json");

    private static void AssertNowhere(object? held, string secret)
    {
        switch (held)
        {
            case string text:
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
                break;
            case byte[] utf8:
                Assert.DoesNotContain(secret, Encoding.UTF8.GetString(utf8), StringComparison.Ordinal);
                break;
            case ApiException or KeptBody:
                for (Type? type = held.GetType(); type is not null && type != typeof(Exception); type = type.BaseType)
                {
                    Assert.All(
                        type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly),
                        field => AssertNowhere(field.GetValue(held), secret));
                }
                break;
            default:
                break;
        }
    }

    private static byte[] Damage(byte[] body, int at, byte change)
    {
        byte[] damaged = [.. body];
        if (damaged.Length > 0)
        {
            damaged[at % damaged.Length] = change;
        }
        return damaged;
    }
}
