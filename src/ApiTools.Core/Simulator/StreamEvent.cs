using System.Text;

namespace ApiTools.Simulator;

/// <summary>One server-sent event, as bytes.</summary>
internal sealed record StreamEvent(StreamEventKind Kind, byte[] Bytes)
{
    /// <summary>The event that ends a stream.</summary>
    public static StreamEvent Done { get; } = Of(StreamEventKind.Done, Encoding.ASCII.GetBytes("[DONE]"));

    /// <summary>An event with one line of data.</summary>
    public static StreamEvent Of(StreamEventKind kind, byte[] data) => new(kind, [.. "data: "u8, .. data, .. "\n\n"u8]);
}
