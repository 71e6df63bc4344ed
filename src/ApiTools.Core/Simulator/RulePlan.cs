namespace ApiTools.Simulator;

/// <summary>Rules in their order: the first that is for a request and has times left fires. Safe from any thread.</summary>
/// <typeparam name="T">What the rules yield.</typeparam>
internal sealed class RulePlan<T>(IEnumerable<FiringRule<T>> rules)
    where T : class
{
    private readonly List<FiringRule<T>> _rules = [.. rules];
    private readonly object _gate = new();

    /// <summary>The rule that a request meets; null for none. Every rule that it matches counts it, whichever fires.</summary>
    /// <param name="path">The request's path.</param>
    /// <param name="question">The chat request; null for any other.</param>
    public T? Take(string path, ChatQuestion? question)
    {
        if (_rules.Count == 0)
        {
            return null;
        }
        lock (_gate)
        {
            T? taken = null;
            foreach (FiringRule<T> rule in _rules.Where(rule => rule.Matches(path, question)))
            {
                rule.See();
                if (taken is null && rule.IsDue)
                {
                    rule.Fire();
                    taken = rule.Value;
                }
            }
            return taken;
        }
    }

    /// <summary>Puts back what a request took and was not answered with.</summary>
    public void PutBack(T value)
    {
        lock (_gate)
        {
            _rules.First(rule => ReferenceEquals(rule.Value, value)).PutBack();
        }
    }
}
