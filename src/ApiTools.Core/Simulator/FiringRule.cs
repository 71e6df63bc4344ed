namespace ApiTools.Simulator;

/// <summary>A rule of the simulator, which has been checked, and how often it has fired. Not safe from several threads.</summary>
/// <param name="value">What it is for.</param>
/// <param name="times">How many times it fires; below 0 for every time.</param>
/// <param name="after">How many matching requests pass before it fires first.</param>
/// <param name="matches">Which requests it is for, by their path and what was read of them.</param>
/// <typeparam name="T">What the rule yields.</typeparam>
internal sealed class FiringRule<T>(T value, int times, int after, Func<string, ChatQuestion?, bool> matches)
    where T : class
{
    private long _seen;
    private int _fired;

    /// <summary>What it is for.</summary>
    public T Value => value;

    /// <summary>Whether it has times left and enough has passed.</summary>
    public bool IsDue => _seen > after && (times < 0 || _fired < times);

    /// <summary>Whether it is for a request.</summary>
    public bool Matches(string path, ChatQuestion? question) => matches(path, question);

    /// <summary>Counts a request that it is for.</summary>
    public void See() => _seen++;

    /// <summary>Counts that it fired.</summary>
    public void Fire() => _fired++;

    /// <summary>Takes back that it fired for a request.</summary>
    public void PutBack() => (_seen, _fired) = (_seen - 1, _fired - 1);
}
