namespace ApiTools.Repair;

/// <summary>The places that fixes of one round touch: whether another touches one of them, holds one, or lies in one, costs no look at each.</summary>
internal sealed class TouchedPlaces
{
    private readonly HashSet<string> _places = new(StringComparer.Ordinal);

    // What holds them.
    private readonly HashSet<string> _around = new(StringComparer.Ordinal);

    /// <summary>Adds a place.</summary>
    public void Add(JsonPointer pointer)
    {
        string key = string.Empty;
        foreach (string token in pointer.Tokens)
        {
            _around.Add(key);
            key = Below(key, token);
        }
        _places.Add(key);
    }

    /// <summary>Whether one of two places, this and one that was added, is the other, or holds it (<see cref="JsonPointer.Covers"/>).</summary>
    public bool Covers(JsonPointer pointer)
    {
        string key = string.Empty;
        foreach (string token in pointer.Tokens)
        {
            if (_places.Contains(key))
            {
                return true;
            }
            key = Below(key, token);
        }
        return _places.Contains(key) || _around.Contains(key);
    }

    // The length keeps a/b and c apart from a and b/c.
    private static string Below(string key, string token) => FormattableString.Invariant($"{key}/{token.Length}:{token}");
}
