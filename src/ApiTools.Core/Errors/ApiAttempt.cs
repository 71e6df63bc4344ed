namespace ApiTools;

/// <summary>One try of a request: what was asked of whom, how it ended, and how long was waited after it.</summary>
public sealed class ApiAttempt
{
    internal ApiAttempt(int number, string? model, int? status, string? code, TimeSpan duration, TimeSpan? wait, string reason)
    {
        Number = number;
        Model = model;
        Status = status;
        Code = code;
        Duration = duration;
        Wait = wait;
        Reason = reason;
    }

    /// <summary>1 for the first try.</summary>
    public int Number { get; }

    /// <summary>The model that was asked.</summary>
    public string? Model { get; }

    /// <summary>The HTTP status; null where there was no answer.</summary>
    public int? Status { get; }

    /// <summary>The error code; null for the try that succeeded.</summary>
    public string? Code { get; }

    /// <summary>How long the try took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>How long was waited after it before the next; null after the last.</summary>
    public TimeSpan? Wait { get; }

    /// <summary>Why it was, or was not, tried again, in words.</summary>
    public string Reason { get; }

    /// <summary>One line.</summary>
    public override string ToString() =>
        $"{Number}: {(Status is int status ? $"{status} " : string.Empty)}{Code ?? "succeeded"}; {Reason}";
}
