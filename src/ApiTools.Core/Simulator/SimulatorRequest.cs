using ApiTools.Text;

namespace ApiTools;

/// <summary>One request that reached the simulator, and how it was answered. Nothing of it holds a key.</summary>
public sealed class SimulatorRequest
{
    internal SimulatorRequest()
    {
    }

    /// <summary>1 for the first request since the start.</summary>
    public int Number { get; internal init; }

    /// <summary>When it had arrived whole.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>The HTTP method; empty where what came was no HTTP request.</summary>
    public string Method { get; internal init; } = string.Empty;

    /// <summary>The path without its query; empty where what came was no HTTP request.</summary>
    public string Path { get; internal init; } = string.Empty;

    /// <summary>The model that it names; null where it names none.</summary>
    public string? Model { get; internal init; }

    /// <summary>The last user message, at most 32,768 characters; null where there is none.</summary>
    public string? Prompt { get; internal init; }

    /// <summary>True where it asked for a stream.</summary>
    public bool Stream { get; internal init; }

    /// <summary>The status of the answer, whether or not a fault kept it from arriving.</summary>
    public int Status { get; internal init; }

    /// <summary>The error code of the answer; null for a success.</summary>
    public string? Code { get; internal init; }

    /// <summary>The fault that fired; null where none did.</summary>
    public string? Fault { get; internal init; }

    /// <summary>What its key was: valid, expired, revoked, other or none. Never the key.</summary>
    public string Key { get; internal init; } = "none";

    /// <summary>The <c>x-request-id</c> of the answer.</summary>
    public string RequestId { get; internal init; } = string.Empty;

    /// <summary>The headers as they came, secrets masked; several of one name are joined by a comma.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; internal init => field = ReadableTable<string>.Of(value); } = ReadableTable<string>.Nothing;

    /// <summary>The body as text, at most 32,768 characters, secrets masked; empty where there was none.</summary>
    public string Body { get; internal init; } = string.Empty;

    /// <summary>One line.</summary>
    public override string ToString() =>
        VisibleText.Line(FormattableString.Invariant($"{Number}: {Method} {Path} {Status} {Code} {Prompt}"), 200);
}
