using System.Globalization;
using ApiTools.Simulator;

namespace ApiTools;

/// <summary>
/// A rule of the simulator: which requests meet which fault, and how often. Rules are looked at in their order, before anything
/// else of a request is; the first that matches and has times left fires.
/// </summary>
/// <remarks>
/// With <see cref="Code"/> or <see cref="Status"/> alone the answer is that error. With <see cref="Kind"/> alone it is the ordinary answer,
/// misbehaving. With both it is the error, misbehaving: a 503 as an HTML page, half of a 429.
/// </remarks>
public sealed class SimulatorFault
{
    /// <summary>One of the twelve documented codes: the answer has its status and its code.</summary>
    public string? Code { get; init; }

    /// <summary>How the answer misbehaves.</summary>
    public SimulatorFaultKind? Kind { get; init; }

    /// <summary>The status of an error, 400 to 599: the code's own where left out. Alone, it is an error without a code, as the documented 403 and 404 are.</summary>
    public int? Status { get; init; }

    /// <summary>How many times the rule fires: 1 where left out, -1 for every time.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many matching requests pass before the rule fires first: 0 where left out.</summary>
    public int After { get; init; }

    /// <summary>Sent as <c>Retry-After</c>, in seconds (RFC 9110 10.2.3).</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Sent as <c>retry-after-ms</c>, in milliseconds, as OpenAI does.</summary>
    public int? RetryAfterMs { get; init; }

    /// <summary>What the last user message must be like (PowerShell's wildcards, <c>*</c>, <c>?</c> and <c>[a-z]</c>; case counts for nothing); any where left out.</summary>
    public string? Prompt { get; init; }

    /// <summary>What the model's name must be like (wildcards as in <see cref="Prompt"/>); any where left out.</summary>
    public string? Model { get; init; }

    /// <summary>What the path must be like (wildcards as in <see cref="Prompt"/>); <c>/v1/chat/completions</c> where left out.</summary>
    public string Path { get; init; } = SimulatorService.ChatPath;

    /// <summary>The byte of the answer, counted from the first of the status line, before which <see cref="Kind"/> sets in; 0 or more.</summary>
    public long? AtByte { get; init; }

    /// <summary>Milliseconds before the answer begins; for Slow and KeepAlive, before each piece.</summary>
    public int? DelayMs { get; init; }

    /// <summary>The message of the error; one that says that it is simulated where left out.</summary>
    public string? Message { get; init; }

    /// <summary>The rule in a word or two, such as <c>rate_limit_exceeded</c>, <c>Stall</c>, <c>service_unavailable Html</c>.</summary>
    public override string ToString() =>
        string.Join(" ", new[] { Status?.ToString(CultureInfo.InvariantCulture), Code, Kind?.ToString() }.Where(part => part is not null));

    /// <summary>True where the answer is an error, and not one within a stream.</summary>
    internal bool IsError => (Code is not null || Status is not null) && !FaultKinds.ErrsInStream(Kind);
}
