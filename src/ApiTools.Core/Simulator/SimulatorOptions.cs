namespace ApiTools.Simulator;

/// <summary>How a simulator is to behave.</summary>
internal sealed record SimulatorOptions
{
    public static IReadOnlyList<string> DefaultModels { get; } = ["gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-5-mini", "o4-mini", SimulatorModels.Small];

    /// <summary>The port to listen on; 0 for a free one.</summary>
    public int Port { get; init; }

    public IReadOnlyList<string> Models { get; init; } = DefaultModels;

    /// <summary>Rules in the order in which they are looked at.</summary>
    public IReadOnlyList<SimulatorFault> Faults { get; init; } = [];

    /// <summary>Answers in the order in which they are looked at.</summary>
    public IReadOnlyList<SimulatorAnswer> Answers { get; init; } = [];

    /// <summary>The wait before each answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The wait before each event of a stream but the first.</summary>
    public TimeSpan TokenDelay { get; init; }

    /// <summary>The most chats under way at once; null for no limit.</summary>
    public int? ConcurrencyLimit { get; init; }

    /// <summary>The most chats in a window; null for no limit.</summary>
    public int? RequestLimit { get; init; }

    /// <summary>The most tokens in a window, of chats and their answers; null for no limit.</summary>
    public int? TokenLimit { get; init; }

    /// <summary>The length of the window.</summary>
    public TimeSpan LimitWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>True where it counts how often each prompt is answered.</summary>
    public bool CountPrompts { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
