using ApiTools.Errors;

namespace ApiTools.Simulator;

/// <summary>The errors that rules ask for.</summary>
internal static class FaultError
{
    /// <summary>The status of the error: the rule's, or its code's.</summary>
    public static int StatusOf(SimulatorFault fault) => fault.Status ?? InfoOf(fault)?.Status ?? 500;

    /// <summary>The error; internal_error where the rule names neither a code nor a status.</summary>
    public static ErrorBody Of(SimulatorFault fault)
    {
        int status = StatusOf(fault);
        ErrorCodeInfo? info = InfoOf(fault);
        string wait = fault.RetryAfter is int seconds ? FormattableString.Invariant($" Please try again in {seconds}s.") : string.Empty;
        string description = info?.Description ?? ApiErrorCatalog.Statuses.FirstOrDefault(known => known.Status == status)?.Description ?? $"Status {status}";
        return ErrorBody.Of(status, info?.Code, fault.Message ?? $"{description}, as the simulator was asked to answer.{wait}", null);
    }

    private static ErrorCodeInfo? InfoOf(SimulatorFault fault) =>
        fault is { Code: null, Status: not null } ? null : ApiErrorCatalog.Find(fault.Code ?? "internal_error");
}
