using ApiTools.Errors;
using ApiTools.Simulator;

namespace ApiTools;

/// <summary>
/// A rule of the simulator: which requests meet which fault, and how often. Rules are looked at in their order, before anything
/// else of a request is; the first that matches and has times left fires.
/// </summary>
/// <remarks>
/// With <see cref="Code"/> alone the answer is the documented error. With <see cref="Kind"/> alone it is the ordinary answer, misbehaving.
/// With both it is the documented error, misbehaving: a 503 as an HTML page, half of a 429.
/// </remarks>
public sealed class SimulatorFault
{
    /// <summary>Where a person reads what a rule may say.</summary>
    internal const string Help = "Get-Help Start-ApiSimulator -Parameter Fault";

    /// <summary>One of the twelve documented codes: the answer has its status and its code.</summary>
    public string? Code { get; init; }

    /// <summary>How the answer misbehaves.</summary>
    public SimulatorFaultKind? Kind { get; init; }

    /// <summary>How many times the rule fires: 1 where left out, -1 for every time.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many matching requests pass before the rule fires first: 0 where left out.</summary>
    public int After { get; init; }

    /// <summary>Sent as <c>Retry-After</c>, in seconds (RFC 9110 10.2.3).</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Sent as <c>retry-after-ms</c>, in milliseconds, as OpenAI does.</summary>
    public int? RetryAfterMs { get; init; }

    /// <summary>What the last user message must be like (<c>*</c> and <c>?</c> are wildcards, case counts for nothing); any where left out.</summary>
    public string? Prompt { get; init; }

    /// <summary>What the model's name must be like (<c>*</c> and <c>?</c> are wildcards); any where left out.</summary>
    public string? Model { get; init; }

    /// <summary>What the path must be like (<c>*</c> and <c>?</c> are wildcards); <c>/v1/chat/completions</c> where left out.</summary>
    public string Path { get; init; } = SimulatorService.ChatPath;

    /// <summary>The byte of the answer, counted from the first of the status line, before which <see cref="Kind"/> sets in; 0 or more.</summary>
    public long? AtByte { get; init; }

    /// <summary>Milliseconds before the answer begins; for Slow and KeepAlive, before each piece.</summary>
    public int? DelayMs { get; init; }

    /// <summary>The message of the error; one that says that it is simulated where left out.</summary>
    public string? Message { get; init; }

    /// <summary>The rule in a word or two, such as <c>rate_limit_exceeded</c>, <c>Stall</c>, <c>service_unavailable Html</c>.</summary>
    public override string ToString() => string.Join(" ", new[] { Code, Kind?.ToString() }.Where(part => part is not null));

    /// <summary>Refuses a rule that could never fire or says something that cannot be done.</summary>
    /// <exception cref="ApiRequestException">invalid_value, with what is wrong and what is known.</exception>
    internal void Check()
    {
        if (Code is null && Kind is null)
        {
            throw ApiErrors.InvalidValue("Fault", $"A fault needs a Code or a Kind: one of {Names()}.", Help);
        }
        if (Code is not null && ApiErrorCatalog.Find(Code) is not { IsDocumented: true })
        {
            throw Unknown(Code);
        }
        Require(Times is -1 or >= 1, nameof(Times), Times, "1 or more, or -1 for every time");
        Require(After >= 0, nameof(After), After, "0 or more");
        Require(RetryAfter is null or >= 0, nameof(RetryAfter), RetryAfter, "0 or more seconds");
        Require(RetryAfterMs is null or >= 0, nameof(RetryAfterMs), RetryAfterMs, "0 or more milliseconds");
        Require(AtByte is null or >= 0, nameof(AtByte), AtByte, "0 or more bytes");
        Require(DelayMs is null or >= 0, nameof(DelayMs), DelayMs, "0 or more milliseconds");
        Require(
            AtByte is null || FaultKinds.EndsAtByte(Kind) || Kind == SimulatorFaultKind.Huge,
            nameof(AtByte), AtByte, "left out but for Close, Reset, Stall and Huge");
    }

    /// <summary>The error for a word that is neither a code nor a kind.</summary>
    internal static ApiException Unknown(string name) =>
        ApiErrors.InvalidValue("Fault", $"The simulator knows no fault '{name}'. It knows {Names()}.", Help);

    private static string Names() => string.Join(", ", FaultKinds.All.Select(fault => fault.Name));

    private static void Require(bool holds, string name, object? value, string wanted)
    {
        if (!holds)
        {
            throw ApiErrors.InvalidValue("Fault", FormattableString.Invariant($"A fault's {name} cannot be {value}: it has to be {wanted}."), Help);
        }
    }
}
