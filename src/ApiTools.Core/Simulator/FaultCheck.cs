using ApiTools.Errors;

namespace ApiTools.Simulator;

/// <summary>Refuses rules that could never fire, or that say something which cannot be done.</summary>
internal static class FaultCheck
{
    /// <summary>Where a person reads what a rule may say.</summary>
    public const string Help = "Get-Help Start-ApiSimulator -Parameter Fault";

    /// <summary>Looks at one rule.</summary>
    /// <exception cref="ApiRequestException">invalid_value, with what is wrong and what is known.</exception>
    public static void Check(SimulatorFault fault)
    {
        if (fault is { Code: null, Status: null, Kind: null })
        {
            throw Invalid($"A fault needs a Code, a Status or a Kind. Codes and kinds are {Names()}.");
        }
        if (fault.Code is not null && ApiErrorCatalog.Find(fault.Code) is not { IsDocumented: true })
        {
            throw Unknown(fault.Code);
        }
        CheckNumbers(fault);
        CheckPatterns(fault);
        if (fault.IsError && FaultKinds.NeedsCompletion(fault.Kind))
        {
            throw Invalid($"A fault's Kind cannot be {fault.Kind} where it has a Code or a Status: an error is no completion, so there is nothing to show it in.");
        }
        if (fault.Code is null && fault.Status is not null && FaultKinds.ErrsInStream(fault.Kind))
        {
            throw Invalid($"A fault's Status cannot go with {fault.Kind}: such a stream begins with 200. Say its Code.");
        }
    }

    /// <summary>The error for a word that is neither a code nor a kind.</summary>
    public static ApiException Unknown(string name) => Invalid($"The simulator knows no fault '{name}'. It knows {Names()}.");

    /// <summary>The error for a rule.</summary>
    public static ApiException Invalid(string message) => ApiErrors.InvalidValue("Fault", message, Help);

    private static void CheckNumbers(SimulatorFault fault)
    {
        SimulatorFaultKind? kind = fault.Kind;
        Require(kind is null || FaultKinds.IsKnown(kind.Value), nameof(fault.Kind), (int?)kind, $"one of {string.Join(", ", FaultKinds.Names)}");
        Require(fault.Status is null or (>= 400 and <= 599), nameof(fault.Status), fault.Status, "400 to 599");
        Require(fault.Times is -1 or >= 1, nameof(fault.Times), fault.Times, "1 or more, or -1 for every time");
        Require(fault.After >= 0, nameof(fault.After), fault.After, "0 or more");
        Require(fault.RetryAfter is null or >= 0, nameof(fault.RetryAfter), fault.RetryAfter, "0 or more seconds");
        Require(fault.RetryAfterMs is null or >= 0, nameof(fault.RetryAfterMs), fault.RetryAfterMs, "0 or more milliseconds");
        Require(fault.AtByte is null or >= 0, nameof(fault.AtByte), fault.AtByte, "0 or more bytes");
        Require(fault.DelayMs is null or >= 0, nameof(fault.DelayMs), fault.DelayMs, "0 or more milliseconds");
        Require(
            fault.AtByte is null || FaultKinds.EndsAtByte(kind) || kind == SimulatorFaultKind.Huge,
            nameof(fault.AtByte), fault.AtByte, "left out but for Close, Reset, Stall and Huge");
    }

    // What a path can be is known; a prompt and a model may be anything, an empty text too.
    private static void CheckPatterns(SimulatorFault fault)
    {
        Require(
            fault.Path?.Length > 0 && fault.Path[0] is '/' or '*' or '?' or '[',
            nameof(fault.Path), $"'{fault.Path}'", "like a path, which begins with a slash, or it would never match");
        RequirePattern(nameof(fault.Path), fault.Path);
        RequirePattern(nameof(fault.Prompt), fault.Prompt);
        RequirePattern(nameof(fault.Model), fault.Model);
        bool isOfChats = Wildcard.Parse(fault.Path!)!.IsMatch(SimulatorService.ChatPath);
        Require(isOfChats || fault.Prompt is null, nameof(fault.Path), $"'{fault.Path}'", $"like {SimulatorService.ChatPath} where it has a Prompt, which nothing but a chat has");
        Require(isOfChats || fault.Model is null, nameof(fault.Path), $"'{fault.Path}'", $"like {SimulatorService.ChatPath} where it has a Model, which nothing but a chat names");
        Require(
            isOfChats || !(FaultKinds.NeedsStream(fault.Kind) || FaultKinds.NeedsCompletion(fault.Kind)),
            nameof(fault.Path), $"'{fault.Path}'", $"like {SimulatorService.ChatPath} where its Kind is {fault.Kind}, which nothing but a chat can show");
    }

    private static void RequirePattern(string name, string? pattern) => Require(
        pattern is null || Wildcard.Parse(pattern) is not null,
        name, $"'{pattern}'", Wildcard.Described);

    private static string Names() => string.Join(", ", FaultKinds.All.Select(fault => fault.Name));

    private static void Require(bool holds, string name, object? value, string wanted)
    {
        if (!holds)
        {
            throw Invalid(FormattableString.Invariant($"A fault's {name} cannot be {value}: it has to be {wanted}."));
        }
    }
}
