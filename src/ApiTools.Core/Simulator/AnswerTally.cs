namespace ApiTools.Simulator;

/// <summary>Counts what came and what was answered since the start. Safe from any thread.</summary>
internal sealed class AnswerTally(bool countPrompts)
{
    private readonly PromptTally? _prompts = countPrompts ? new() : null;
    private int _requests;
    private int _answered;

    /// <summary>How many requests came.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The figures. While requests are under way they may be a request apart.</summary>
    public SimulatorSummary Summary
    {
        get
        {
            // The prompts first: a chat adds to them last, so that there are never more prompts than answers.
            (int? repeated, int? prompts) = (_prompts?.Repeated, _prompts?.Prompts);
            return new() { Requests = Requests, Answered = Volatile.Read(ref _answered), Prompts = prompts, RepeatedPrompts = repeated };
        }
    }

    /// <summary>A number for a request that has arrived.</summary>
    public int NextNumber() => Interlocked.Increment(ref _requests);

    /// <summary>Counts a chat that is answered with 200.</summary>
    public void AddAnswer(string? prompt)
    {
        Interlocked.Increment(ref _answered);
        _prompts?.Add(prompt ?? string.Empty);
    }
}
