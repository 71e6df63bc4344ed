namespace ApiTools;

/// <summary>What a simulator has answered since its start, in figures.</summary>
public sealed class SimulatorSummary
{
    internal SimulatorSummary()
    {
    }

    /// <summary>How many requests came, of every kind.</summary>
    public int Requests { get; internal init; }

    /// <summary>How many chats were answered with 200, whether or not the answer arrived: what a service would bill.</summary>
    public int Answered { get; internal init; }

    /// <summary>How many prompts (the last user messages) those were; null where they are not counted (<c>Start-ApiSimulator -CountPrompts</c>).</summary>
    public int? Prompts { get; internal init; }

    /// <summary>How many of the prompts were answered more than once; null where they are not counted.</summary>
    public int? RepeatedPrompts { get; internal init; }

    /// <summary>How many answers went to a prompt that had one already, what was bought twice; null where prompts are not counted.</summary>
    public int? RepeatedAnswers => Answered - Prompts;

    /// <summary>One line.</summary>
    public override string ToString() => Prompts is null
        ? FormattableString.Invariant($"{Requests} requests, {Answered} answered")
        : FormattableString.Invariant($"{Requests} requests, {Answered} answered, {Prompts} prompts, {RepeatedPrompts} more than once");
}
