namespace ApiTools.Simulator;

/// <summary>The rules of a simulator, which have been checked, and how often each has fired. Safe from any thread.</summary>
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
        private readonly Wildcard? _path = Wildcard.Parse(fault.Path);
        private readonly Wildcard? _model = fault.Model is null ? null : Wildcard.Parse(fault.Model);
        private readonly Wildcard? _prompt = fault.Prompt is null ? null : Wildcard.Parse(fault.Prompt);

        public SimulatorFault Fault => fault;

        public long Seen { get; set; }

        public int Fired { get; set; }

        public bool IsDue => Seen > fault.After && (fault.Times < 0 || Fired < fault.Times);

        public bool Matches(string path, ChatQuestion? question) =>
            _path!.IsMatch(path)
            && (_model is null || (question?.Model is string model && _model.IsMatch(model)))
            && (_prompt is null || (question?.Prompt is string prompt && _prompt.IsMatch(prompt)))
            && (!FaultKinds.NeedsStream(fault.Kind) || question is { Stream: true });
    }
}
