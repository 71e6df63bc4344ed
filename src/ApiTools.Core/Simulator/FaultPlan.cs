namespace ApiTools.Simulator;

/// <summary>The rules of a simulator and how often each has fired. Safe from any thread.</summary>
internal sealed class FaultPlan(IEnumerable<SimulatorFault> faults)
{
    private readonly List<Rule> _rules = [.. faults.Select(fault => new Rule(fault))];
    private readonly object _gate = new();

    /// <summary>The fault that a request meets; null for none. Every rule that it matches counts it, whichever fires.</summary>
    /// <param name="path">The request's path.</param>
    /// <param name="question">The chat request; null for any other.</param>
    public SimulatorFault? Take(string path, ChatQuestion? question)
    {
        lock (_gate)
        {
            SimulatorFault? taken = null;
            foreach (Rule rule in _rules.Where(rule => rule.Matches(path, question)))
            {
                rule.Seen++;
                if (taken is null && rule.IsDue)
                {
                    rule.Fired++;
                    taken = rule.Fault;
                }
            }
            return taken;
        }
    }

    private sealed class Rule(SimulatorFault fault)
    {
        public SimulatorFault Fault => fault;

        public long Seen { get; set; }

        public int Fired { get; set; }

        public bool IsDue => Seen > fault.After && (fault.Times < 0 || Fired < fault.Times);

        public bool Matches(string path, ChatQuestion? question) =>
            Wildcard.IsMatch(fault.Path, path)
            && (fault.Model is null || (question?.Model is string model && Wildcard.IsMatch(fault.Model, model)))
            && (fault.Prompt is null || (question?.Prompt is string prompt && Wildcard.IsMatch(fault.Prompt, prompt)))
            && (!FaultKinds.NeedsStream(fault.Kind) || question is { Stream: true });
    }
}
