using ApiTools.Errors;

namespace ApiTools.Resolution;

/// <summary>What was seen of a failure, taken apart: an answer, or that there was none.</summary>
internal sealed record Sighting
{
    /// <summary>What it was read from, in words.</summary>
    public required string Source { get; init; }

    /// <summary>The HTTP status; null where nothing says it.</summary>
    public int? Status { get; init; }

    /// <summary>The body as it was seen; empty for none.</summary>
    public byte[] Body { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The address that was asked, or its host alone; null where nothing says it.</summary>
    public string? Address { get; init; }

    public string? Model { get; init; }

    /// <summary>What happened below HTTP; null where there was an answer.</summary>
    public NetworkFault? Fault { get; init; }

    /// <summary>A code that a log or a class names; null where there is none.</summary>
    public string? Code { get; init; }

    /// <summary>What is said where there is no body.</summary>
    public string? Message { get; init; }

    public string? RequestId { get; init; }

    /// <summary>How long to wait, where neither headers nor a body say it any more.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The host, with its port where one was given.</summary>
    public string? Host => Uri.TryCreate(Address, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0 ? uri.Authority : Address;
}
