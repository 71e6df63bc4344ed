namespace ApiTools.Simulator;

/// <summary>Counts how often each prompt was answered: by a hash of it, so that a million prompts are some 40 MB whatever their length. Safe from any thread.</summary>
internal sealed class PromptTally
{
    private readonly Dictionary<ulong, int> _answers = [];
    private int _repeated;

    /// <summary>How many prompts were answered.</summary>
    public int Prompts
    {
        get
        {
            lock (_answers)
            {
                return _answers.Count;
            }
        }
    }

    /// <summary>How many were answered more than once.</summary>
    public int Repeated => Volatile.Read(ref _repeated);

    public void Add(string prompt)
    {
        ulong hash = Hash(prompt);
        lock (_answers)
        {
            _answers.TryGetValue(hash, out int count);
            _answers[hash] = count + 1;
            if (count == 1)
            {
                _repeated++;
            }
        }
    }

    // FNV-1a, 64 bits: two of a million prompts share a hash once in 37 million runs.
    private static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 1099511628211);
        }
        return hash;
    }
}
