namespace ApiTools.Simulator;

/// <summary>Makes the plans of a simulator from what its caller gave, which has been checked.</summary>
internal static class SimulatorPlans
{
    /// <summary>Which requests meet which fault.</summary>
    public static RulePlan<SimulatorFault> Of(IEnumerable<SimulatorFault> faults) => new(faults.Select(fault =>
    {
        Wildcard path = Wildcard.Parse(fault.Path)!;
        Func<ChatQuestion?, bool> matches = ChatPattern(fault.Model, fault.Prompt);
        return new FiringRule<SimulatorFault>(
            fault,
            fault.Times,
            fault.After,
            (asked, question) => path.IsMatch(asked)
                && matches(question)
                && (!FaultKinds.NeedsStream(fault.Kind) || question is { Stream: true })
                && (!FaultKinds.NeedsSchema(fault.Kind) || question is { Schema: not null }));
    }));

    /// <summary>Which chats get which answer.</summary>
    public static RulePlan<SimulatorAnswer> Of(IEnumerable<SimulatorAnswer> answers) => new(answers.Select(answer =>
    {
        Func<ChatQuestion?, bool> matches = ChatPattern(answer.Model, answer.Prompt);
        return new FiringRule<SimulatorAnswer>(answer, answer.Times, answer.After, (_, question) => matches(question));
    }));

    private static Func<ChatQuestion?, bool> ChatPattern(string? modelPattern, string? promptPattern)
    {
        Wildcard? model = modelPattern is null ? null : Wildcard.Parse(modelPattern);
        Wildcard? prompt = promptPattern is null ? null : Wildcard.Parse(promptPattern);
        return question =>
            (model is null || (question?.Model is string name && model.IsMatch(name)))
            && (prompt is null || (question?.Prompt is string text && prompt.IsMatch(text)));
    }
}
