using ApiTools.Errors;

namespace ApiTools.Core.Tests.Errors;

public sealed class ApiErrorCatalogTests
{
    [Fact]
    public void The_page_is_read_whole()
    {
        Assert.Equal(8, ErrorPage.Statuses.Count);
        Assert.Equal(12, ErrorPage.Codes.Count);
    }

    [Fact]
    public void Each_status_has_the_words_of_the_page_and_none_is_missing_or_added() =>
        Assert.Equal(ErrorPage.Statuses, ApiErrorCatalog.Statuses.Select(info => (info.Status, info.Description)));

    [Fact]
    public void Each_code_has_the_words_of_the_page_in_its_order_and_none_is_missing_or_added() =>
        Assert.Equal(
            ErrorPage.Codes.Select(code => code.Row),
            ApiErrorCatalog.Documented.Select(info => info.Code + info.Description + info.Solution));

    [Fact]
    public void Each_code_has_a_status_of_its_heading_on_the_page() =>
        Assert.All(
            ErrorPage.Codes.Zip(ApiErrorCatalog.Documented), pair => Assert.Contains(pair.Second.Status!.Value, pair.First.Statuses));

    [Fact]
    public void A_code_is_documented_where_it_is_on_the_page_and_only_there() =>
        Assert.Equal(ApiErrorCatalog.Documented, ApiErrorCatalog.All.Where(info => info.IsDocumented));

    // DESIGN, "Errors: the heart".
    [Theory]
    [InlineData("invalid_api_key", 401, "AuthenticationError", typeof(ApiAuthenticationException), RetryAdvice.Never)]
    [InlineData("expired_api_key", 401, "AuthenticationError", typeof(ApiAuthenticationException), RetryAdvice.Never)]
    [InlineData("revoked_api_key", 401, "AuthenticationError", typeof(ApiAuthenticationException), RetryAdvice.Never)]
    [InlineData("http_403", 403, "PermissionDenied", typeof(ApiPermissionException), RetryAdvice.Never)]
    [InlineData("http_404", 404, "ObjectNotFound", typeof(ApiNotFoundException), RetryAdvice.Never)]
    [InlineData("missing_required_field", 400, "InvalidArgument", typeof(ApiRequestException), RetryAdvice.Never)]
    [InlineData("invalid_value", 400, "InvalidArgument", typeof(ApiRequestException), RetryAdvice.Never)]
    [InlineData("model_not_supported", 400, "ObjectNotFound", typeof(ApiRequestException), RetryAdvice.Never)]
    [InlineData("context_length_exceeded", 400, "LimitsExceeded", typeof(ApiRequestException), RetryAdvice.Never)]
    [InlineData("rate_limit_exceeded", 429, "LimitsExceeded", typeof(ApiLimitException), RetryAdvice.Backoff)]
    [InlineData("concurrent_limit_exceeded", 429, "ResourceBusy", typeof(ApiLimitException), RetryAdvice.FewerAtOnce)]
    [InlineData("insufficient_quota", 429, "QuotaExceeded", typeof(ApiLimitException), RetryAdvice.Never)]
    [InlineData("internal_error", 500, "InvalidResult", typeof(ApiServerException), RetryAdvice.Backoff)]
    [InlineData("service_unavailable", 503, "ResourceUnavailable", typeof(ApiServerException), RetryAdvice.BackoffThenFallback)]
    [InlineData("no_connection", null, "ConnectionError", typeof(ApiConnectionException), RetryAdvice.Never)]
    [InlineData("connection_failed", null, "ConnectionError", typeof(ApiConnectionException), RetryAdvice.Backoff)]
    [InlineData("timeout", null, "OperationTimeout", typeof(ApiTimeoutException), RetryAdvice.Backoff)]
    [InlineData("invalid_response", null, "InvalidData", typeof(ApiResponseException), RetryAdvice.Never)]
    [InlineData("stream_interrupted", null, "InvalidData", typeof(ApiResponseException), RetryAdvice.Backoff)]
    [InlineData("response_too_large", null, "LimitsExceeded", typeof(ApiResponseException), RetryAdvice.Never)]
    [InlineData("cancelled", null, "OperationStopped", typeof(ApiCancelledException), RetryAdvice.Never)]
    [InlineData("schema_mismatch", null, "InvalidData", typeof(ApiResponseException), RetryAdvice.Never)]
    [InlineData("answer_cut", null, "LimitsExceeded", typeof(ApiResponseException), RetryAdvice.Never)]
    [InlineData("answer_refused", null, "PermissionDenied", typeof(ApiResponseException), RetryAdvice.Never)]
    [InlineData("file_not_found", null, "ObjectNotFound", typeof(ApiFileException), RetryAdvice.Never)]
    [InlineData("file_changed", null, "ResourceBusy", typeof(ApiFileException), RetryAdvice.Never)]
    [InlineData("file_unwritable", null, "WriteError", typeof(ApiFileException), RetryAdvice.Never)]
    [InlineData("file_unreadable", null, "ReadError", typeof(ApiFileException), RetryAdvice.Never)]
    [InlineData("journal_damaged", null, "InvalidData", typeof(ApiFileException), RetryAdvice.Never)]
    [InlineData("journal_in_use", null, "ResourceBusy", typeof(ApiFileException), RetryAdvice.Never)]
    [InlineData("journal_unwritable", null, "WriteError", typeof(ApiFileException), RetryAdvice.Never)]
    [InlineData("log_unwritable", null, "WriteError", typeof(ApiFileException), RetryAdvice.Never)]
    [InlineData("not_a_journal", null, "InvalidData", typeof(ApiFileException), RetryAdvice.Never)]
    [InlineData("file_exists", null, "ResourceExists", typeof(ApiFileException), RetryAdvice.Never)]
    [InlineData("session_damaged", null, "InvalidData", typeof(ApiFileException), RetryAdvice.Never)]
    [InlineData("not_a_session", null, "InvalidData", typeof(ApiFileException), RetryAdvice.Never)]
    [InlineData("session_in_use", null, "ResourceBusy", typeof(ApiSessionException), RetryAdvice.Never)]
    [InlineData("not_a_log", null, "InvalidData", typeof(ApiFileException), RetryAdvice.Never)]
    [InlineData("simulator_running", null, "ResourceExists", typeof(ApiSimulatorException), RetryAdvice.Never)]
    [InlineData("simulator_not_running", null, "ObjectNotFound", typeof(ApiSimulatorException), RetryAdvice.Never)]
    [InlineData("port_in_use", null, "ResourceBusy", typeof(ApiSimulatorException), RetryAdvice.Never)]
    [InlineData("tool_not_confirmed", null, "PermissionDenied", typeof(ApiToolException), RetryAdvice.Never)]
    public void Each_code_has_the_status_category_class_and_retry_of_the_design(
        string code, int? status, string category, Type exceptionType, RetryAdvice retry)
    {
        ErrorCodeInfo info = ApiErrorCatalog.Find(code)!;

        Assert.Equal((status, category, exceptionType, retry), (info.Status, info.Category, info.ExceptionClass, info.Retry));
        ApiException made = ApiExceptionFactory.Create(new ApiFailure { Code = code, Status = status, Message = "m" });
        Assert.Equal((exceptionType, category, retry), (made.GetType(), made.Category, made.Retry));
        Assert.Equal((info.Description, info.Solution, info.NextCommand), (made.Description, made.Solution, made.NextCommand));
    }

    [Fact]
    public void The_table_above_names_every_code() =>
        Assert.Equal(
            ApiErrorCatalog.All.Select(info => info.Code).Order(StringComparer.Ordinal),
            typeof(ApiErrorCatalogTests).GetMethod(nameof(Each_code_has_the_status_category_class_and_retry_of_the_design))!
                .GetCustomAttributesData().Where(data => data.AttributeType == typeof(InlineDataAttribute))
                .Select(data => (string)((IReadOnlyCollection<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!).First().Value!)
                .Order(StringComparer.Ordinal));

    // DESIGN: "the page's code for that status: ...; else http_<status>".
    [Theory]
    [InlineData(400, "invalid_value", typeof(ApiRequestException), false)]
    [InlineData(401, "invalid_api_key", typeof(ApiAuthenticationException), false)]
    [InlineData(402, "insufficient_quota", typeof(ApiLimitException), false)]
    [InlineData(403, "http_403", typeof(ApiPermissionException), false)]
    [InlineData(404, "http_404", typeof(ApiNotFoundException), false)]
    [InlineData(405, "http_405", typeof(ApiRequestException), false)]
    [InlineData(408, "http_408", typeof(ApiRequestException), true)]
    [InlineData(409, "http_409", typeof(ApiRequestException), true)]
    [InlineData(413, "invalid_value", typeof(ApiRequestException), false)]
    [InlineData(418, "http_418", typeof(ApiRequestException), false)]
    [InlineData(422, "invalid_value", typeof(ApiRequestException), false)]
    [InlineData(425, "http_425", typeof(ApiRequestException), true)]
    [InlineData(429, "rate_limit_exceeded", typeof(ApiLimitException), true)]
    [InlineData(451, "http_451", typeof(ApiRequestException), false)]
    [InlineData(500, "internal_error", typeof(ApiServerException), true)]
    [InlineData(501, "http_501", typeof(ApiServerException), true)]
    [InlineData(502, "service_unavailable", typeof(ApiServerException), true)]
    [InlineData(503, "service_unavailable", typeof(ApiServerException), true)]
    [InlineData(504, "service_unavailable", typeof(ApiServerException), true)]
    [InlineData(520, "http_520", typeof(ApiServerException), true)]
    [InlineData(529, "service_unavailable", typeof(ApiServerException), true)]
    [InlineData(302, "http_302", typeof(ApiResponseException), false)]
    [InlineData(200, "http_200", typeof(ApiResponseException), false)]
    public void A_status_without_a_code_is_filed_as_the_design_says(int status, string code, Type exceptionType, bool retried)
    {
        Assert.Equal(code, ApiErrorCatalog.CodeForStatus(status));
        Assert.Equal(exceptionType, ApiErrorCatalog.Classify(code, status).ExceptionClass);
        Assert.Equal(retried, ApiErrorCatalog.Classify(code, status).Retry != RetryAdvice.Never);
    }

    [Theory]
    [InlineData(401, typeof(ApiAuthenticationException), false)]
    [InlineData(403, typeof(ApiPermissionException), false)]
    [InlineData(404, typeof(ApiNotFoundException), false)]
    [InlineData(402, typeof(ApiRequestException), false)]
    [InlineData(409, typeof(ApiRequestException), true)]
    [InlineData(429, typeof(ApiLimitException), true)]
    [InlineData(500, typeof(ApiServerException), true)]
    [InlineData(599, typeof(ApiServerException), true)]
    public void A_code_of_the_services_own_keeps_its_text_and_is_filed_by_its_status(int status, Type exceptionType, bool retried)
    {
        ApiException made = ApiExceptionFactory.Create(new ApiFailure { Code = "their_own", Status = status, Message = "m" });

        Assert.Equal("their_own", made.Code);
        Assert.IsType(exceptionType, made);
        Assert.Equal(retried, made.Retry != RetryAdvice.Never);
    }

    [Fact]
    public void A_service_code_means_a_documented_code_and_no_other() =>
        Assert.All(ServiceCodes.All, known =>
        {
            Assert.True(ApiErrorCatalog.Find(known.Documented)!.IsDocumented);
            Assert.Null(ApiErrorCatalog.Find(known.Code));
            // A number is a code only under the one status that is named with it.
            Assert.True(known.Under != 0 || !MereTypes.IsNoCode(known.Code));
            Assert.NotEmpty(known.Dialect);
        });
}
