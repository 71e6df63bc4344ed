namespace ApiTools.Errors;

/// <summary>The sentences in which services say which limit was met and with which numbers, as data.</summary>
internal static class LimitSentences
{
    /// <summary>
    /// Each with the places <c>limit</c>, <c>used</c>, <c>requested</c>, <c>unit</c>, <c>window</c>, <c>seconds</c>, as far as it says them; one that says more
    /// before one that says less.
    /// </summary>
    public static NumberSentence[] All { get; } =
    [
        new("OpenAI, Groq", "{unit} per {window} ({*}): Limit {limit}, Used {used}, Requested {requested}", "feder-cr/invisible_playwright_mcp#109"),
        new("OpenAI, Groq", "{unit} per {window} ({*}): Limit {limit}, Requested {requested}", "HunorLaczko/ha-groq-cloud-api#27"),
        new("OpenAI, 2023", "{unit} per {window}. Limit: {limit} / min. Current: {used} / min", "mmz-001/knowledge_gpt#5"),
        new("OpenAI, 2023", "{unit} per {window}. Limit: {limit} / min", "phodal/auto-dev#21"),
        new("Groq", "Limit {limit}, Used {used}, Requested {requested}", "ItzCrazyKns/Vane#286"),
        new("Anthropic", " of {limit} {unit} per {window}", "anthropics/claude-code#55132, OpenHands/OpenHands#9259"),
        new("xAI", "Tokens per Minute (actual/limit): {used}/{limit}", "cline/cline#4826"),
        new("Together", "rate limit is {limit} {unit} per {window}", "togethercomputer/MoA#27"),
        new("Together", "rate limit for this model is {limit} {unit} per {window}", "xtekky/gpt4free#3032"),
        new("GitHub Models", "Rate limit of {limit} per {seconds}s exceeded", SeenAt.NoThread),
        new("OpenRouter", "You requested up to {requested} {unit}, but can only afford {limit}", "can1357/oh-my-pi#9569"),
        new("relays", "Limit: {limit} {unit}", "Wei-Shaw/claude-relay-service PR 773"),
        new("Gemini", "metric: {*}, limit: {limit}", "diegosouzapw/OmniRoute#9504"),
        new("Moonshot", "reached max {unit}: {limit}", "harry0703/MoneyPrinterTurbo#339"),
    ];

    private static readonly NumberSentences Table = new(All);

    /// <summary>The limit that a message speaks of; null where it gives no number.</summary>
    public static ApiLimitDetail? Read(string message) => Read(message, Digits.Starts(message.AsSpan(), stackalloc int[Digits.Room]));

    /// <summary>The limit that a message speaks of; null where it gives no number.</summary>
    /// <param name="message">The message.</param>
    /// <param name="numbers">Where the numbers of the message begin (<see cref="Digits"/>).</param>
    public static ApiLimitDetail? Read(string message, ReadOnlySpan<int> numbers)
    {
        if (!Table.TryFind(message, numbers, out SentenceMatch match))
        {
            return null;
        }
        return new ApiLimitDetail
        {
            Kind = match.Unit ?? KindOf(message.AsSpan(match.Anything.Start, match.Anything.Length)),
            Window = match.Window ?? (match[SentencePlace.Seconds] is long seconds ? RetryDuration.FromSeconds(seconds) : null),
            Limit = match[SentencePlace.Limit],
            Used = match[SentencePlace.Used],
            Requested = match[SentencePlace.Requested],
        };
    }

    // generativelanguage.googleapis.com/generate_content_free_tier_requests
    private static string? KindOf(ReadOnlySpan<char> metric) =>
        metric.IndexOf("input_token".AsSpan()) >= 0 ? "input_tokens"
        : metric.IndexOf("output_token".AsSpan()) >= 0 ? "output_tokens"
        : metric.IndexOf("request".AsSpan()) >= 0 ? "requests"
        : null;
}
