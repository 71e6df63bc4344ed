namespace ApiTools.Simulator;

/// <summary>How a simulator is to behave.</summary>
internal sealed record SimulatorOptions
{
    /// <summary>A model with so small a context window that anybody can overflow it.</summary>
    public const string SmallModel = "sim-small";

    /// <summary>The context window of <see cref="SmallModel"/>, in tokens.</summary>
    public const int SmallWindow = 128;

    public static IReadOnlyList<string> DefaultModels { get; } = ["gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-5-mini", "o4-mini", SmallModel];

    /// <summary>The port to listen on; 0 for a free one.</summary>
    public int Port { get; init; }

    public IReadOnlyList<string> Models { get; init; } = DefaultModels;

    /// <summary>Rules in the order in which they are looked at.</summary>
    public IReadOnlyList<SimulatorFault> Faults { get; init; } = [];

    /// <summary>The wait before each answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The wait before each event of a stream but the first.</summary>
    public TimeSpan TokenDelay { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
