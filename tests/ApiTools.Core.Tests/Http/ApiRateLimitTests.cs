namespace ApiTools.Core.Tests.Http;

public sealed class ApiRateLimitTests
{
    [Theory]
    [InlineData(9999L, 10000L, 5L, 100L, "9999/10000 requests, 5/100 tokens left")]
    [InlineData(9999L, 10000L, null, null, "9999/10000 requests left")]
    [InlineData(null, null, 0L, 100L, "0/100 tokens left")]
    [InlineData(7L, null, null, 100L, "7 requests, ?/100 tokens left")]
    [InlineData(null, null, null, null, "")]
    public void It_reads_as_what_is_known_and_no_more(long? requestsLeft, long? requests, long? tokensLeft, long? tokens, string expected) =>
        Assert.Equal(expected, new ApiRateLimit(requests, requestsLeft, null, tokens, tokensLeft, null).ToString());
}
