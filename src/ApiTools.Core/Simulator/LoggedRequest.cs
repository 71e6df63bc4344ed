using System.Text;
using ApiTools.Text;

namespace ApiTools.Simulator;

/// <summary>
/// A request as the log keeps it: cut to what is shown, and not yet redacted, since most are never looked at. <see cref="Shown"/> is what
/// leaves the log.
/// </summary>
internal sealed class LoggedRequest
{
    private const int MaximumText = 32_768;

    // A little more is redacted than is kept, so that a key which stands across the cut is seen whole.
    private const int RedactedText = MaximumText + 4096;

    private SimulatorRequest? _shown;

    public required int Number { get; init; }

    public DateTimeOffset Time { get; init; }

    /// <summary>The request without its body; null where what came was no HTTP request.</summary>
    public WireRequest? Head { get; init; }

    /// <summary>The beginning of the body.</summary>
    public ArraySegment<byte> Body { get; init; } = new([]);

    public string? Model { get; init; }

    /// <summary>The beginning of the prompt.</summary>
    public string? Prompt { get; init; }

    public bool Stream { get; init; }

    public int Status { get; init; }

    public string? Code { get; init; }

    public SimulatorFault? Fault { get; init; }

    /// <summary>How much text it holds: characters, and bytes of the body.</summary>
    public int Size => Body.Count + (Prompt?.Length ?? 0) + (Head?.HeaderLength ?? 0);

    /// <summary>What is shown of it; made when it is first asked for.</summary>
    public SimulatorRequest Shown => _shown ??= Show();

    /// <summary>A request that was read and answered.</summary>
    public static LoggedRequest Of(int number, DateTimeOffset time, WireRequest request, ChatQuestion? question, WireAnswer answer, SimulatorFault? fault) => new()
    {
        Number = number,
        Time = time,
        Head = request.WithoutBody(),
        Body = Beginning(request.Body),
        Model = question?.Model is string model ? BoundedText.Cut(model, 200) : null,
        Prompt = question?.Prompt is string prompt ? BoundedText.Cut(prompt, RedactedText) : null,
        Stream = question is { Stream: true },
        Status = answer.Status,
        Code = answer.Code,
        Fault = fault,
    };

    /// <summary>The <c>x-request-id</c> of a request's answer.</summary>
    public static string IdOf(int number) => FormattableString.Invariant($"req_sim_{number:d6}");

    // Copied where it is cut, so that the rest of 100 MB is not kept with it.
    private static ArraySegment<byte> Beginning(ArraySegment<byte> body) =>
        body.Count <= RedactedText * 3 ? body : new(body.AsSpan(0, RedactedText * 3).ToArray());

    private static string Redacted(string text, string? key) => BoundedText.Cut(Redactor.Redact(BoundedText.Cut(text, RedactedText), key), MaximumText);

    private SimulatorRequest Show()
    {
        string? key = Head is null ? null : SimulatorKeys.Read(Head);
        return new SimulatorRequest
        {
            Number = Number,
            Time = Time,
            Method = Head?.Method ?? string.Empty,
            Path = Head?.Path ?? string.Empty,
            Model = Model,
            Prompt = Prompt is null ? null : Redacted(Prompt, key),
            Stream = Stream,
            Status = Status,
            Code = Code,
            Fault = Fault?.ToString(),
            Key = SimulatorKeys.Describe(key),
            RequestId = IdOf(Number),
            Headers = ShownHeaders(key),
            Body = Redacted(Encoding.UTF8.GetString(Body.Array!, Body.Offset, Body.Count), key),
        };
    }

    private Dictionary<string, string> ShownHeaders(string? key)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in (Head?.Headers ?? []).Select(header => header.Key).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            bool secret = name.ToUpperInvariant() is "AUTHORIZATION" or "PROXY-AUTHORIZATION" or "API-KEY" or "X-API-KEY" or "COOKIE";
            headers[name] = secret ? Redactor.Mask : Redactor.Redact(Head!.Header(name)!, key);
        }
        return headers;
    }
}
