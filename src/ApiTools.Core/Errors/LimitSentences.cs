using System.Globalization;
using System.Text.RegularExpressions;

namespace ApiTools.Errors;

/// <summary>The sentences in which services say which limit was met and with which numbers, as data.</summary>
internal static class LimitSentences
{
    private const string Number = "(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18})";

    private const string Unit = "(?<unit>requests?|queries|tokens|input tokens|output tokens|images)";

    private const string Window = "(?<window>second|sec|minute|min|hour|day|month)";

    /// <summary>Each with the groups <c>limit</c>, <c>used</c>, <c>requested</c>, <c>unit</c>, <c>window</c>, <c>seconds</c>, as far as it says them.</summary>
    public static IReadOnlyList<NumberSentence> All { get; } =
    [
        new("OpenAI, Groq", $@"\bon {Unit} per {Window} \([A-Z]{{2,5}}\): Limit:? (?<limit>{Number})(?:, Used:? ~?(?<used>{Number}))?(?:, Requested:? ~?(?<requested>{Number}))?", "feder-cr/invisible_playwright_mcp#109, HunorLaczko/ha-groq-cloud-api#27"),
        new("OpenAI", $@"\bon {Unit} per {Window}\. Limit: (?<limit>[0-9]{{1,15}}(?:\.[0-9]{{1,9}})?) / min\.(?: Current: (?<used>[0-9]{{1,15}}))?", "mmz-001/knowledge_gpt#5, phodal/auto-dev#21"),
        new("Groq", $@"\bLimit:? (?<limit>{Number})(?:, Used:? ~?(?<used>{Number}))?, Requested:? ~?(?<requested>{Number})", "ItzCrazyKns/Vane#286"),
        new("Anthropic", $@"would exceed .{{1,120}} (?:of|rate limit of) (?<limit>{Number}) {Unit} per {Window}", "anthropics/claude-code#55132, OpenHands/OpenHands#9259"),
        new("Together", $@"rate limit (?:for this model )?is (?<limit>[0-9]{{1,9}})(?:\.[0-9]{{1,3}})? {Unit} per {Window}", "togethercomputer/MoA#27, xtekky/gpt4free#3032"),
        new("GitHub Models", @"^Rate limit of (?<limit>[0-9]{1,9}) per (?<seconds>[0-9]{1,9})s exceeded", null),
        new("OpenRouter", $@"You requested up to (?<requested>{Number}) (?<unit>tokens), but can only afford (?<limit>{Number})", "can1357/oh-my-pi#9569"),
        new("relays", @"Limit: (?<limit>[0-9]{1,9}) (?<unit>concurrent requests)", "Wei-Shaw/claude-relay-service PR 773"),
        new("Gemini", @"metric: \S{1,200}?(?<unit>requests|input_token|output_token)\w*, limit: (?<limit>[0-9]{1,15})", "diegosouzapw/OmniRoute#9504"),
        new("Moonshot", @"reached max (?<unit>request): (?<limit>[0-9]{1,9})", "harry0703/MoneyPrinterTurbo#339"),
    ];

    /// <summary>The limit that a message speaks of; null where it gives no number.</summary>
    public static ApiLimitDetail? Read(string message)
    {
        // Whatever the service: it says "limit", "reached max" or "afford".
        if (message.IndexOf("imit", StringComparison.Ordinal) < 0 && message.IndexOf("reached max", StringComparison.Ordinal) < 0
            && message.IndexOf("afford", StringComparison.Ordinal) < 0)
        {
            return null;
        }
        foreach (NumberSentence sentence in All)
        {
            if (sentence.Find(message) is Match match)
            {
                return new ApiLimitDetail
                {
                    Kind = Kind(match.Groups["unit"].Value),
                    Window = WindowOf(match),
                    Limit = NumberSentence.Number(match, "limit"),
                    Used = NumberSentence.Number(match, "used"),
                    Requested = NumberSentence.Number(match, "requested"),
                };
            }
        }
        return null;
    }

    private static string? Kind(string unit) => unit.ToLowerInvariant() switch
    {
        "" => null,
        "request" or "requests" or "queries" => "requests",
        "input tokens" or "input_token" => "input_tokens",
        "output tokens" or "output_token" => "output_tokens",
        "concurrent requests" => "concurrent_requests",
        string other => other,
    };

    private static TimeSpan? WindowOf(Match match)
    {
        if (match.Groups["seconds"] is { Success: true } seconds)
        {
            return TimeSpan.FromSeconds(int.Parse(seconds.Value, CultureInfo.InvariantCulture));
        }
        return match.Groups["window"].Value.ToLowerInvariant() switch
        {
            "second" or "sec" => TimeSpan.FromSeconds(1),
            "minute" or "min" => TimeSpan.FromMinutes(1),
            "hour" => TimeSpan.FromHours(1),
            "day" => TimeSpan.FromDays(1),
            "month" => TimeSpan.FromDays(30),
            _ => null,
        };
    }
}
