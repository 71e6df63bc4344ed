namespace ApiTools.Validation;

/// <summary>
/// The members of a request whose name is given twice. A patch can name the last of them only, so that a fix of what stands in an earlier one would
/// change another place than the one that it is for.
/// </summary>
internal sealed class RepeatedNames
{
    // By JSON Pointer, where the last of the name stands; null as long as there is none, which costs a right request nothing.
    private Dictionary<string, int>? _last;

    /// <summary>Forgets them, for the next request.</summary>
    public void Clear() => _last = null;

    /// <summary>Adds a name that was there before.</summary>
    /// <param name="pointer">The member.</param>
    /// <param name="offset">Where the name stands again.</param>
    public void Add(string pointer, int offset) => (_last ??= new(StringComparer.Ordinal))[pointer] = offset;

    /// <summary>Whether a place is in a member that is given again further on.</summary>
    /// <param name="path">The place.</param>
    /// <param name="offset">Where it stands.</param>
    public bool IsHidden(RequestPath path, int offset)
    {
        if (_last is null)
        {
            return false;
        }
        string pointer = path.Pointer;
        for (int end = pointer.Length; end > 0; end = pointer.LastIndexOf('/', end - 1))
        {
            if (_last.TryGetValue(pointer.Substring(0, end), out int last) && offset < last)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Moves them to where the part of a text that they were found in stands in the whole.</summary>
    public void Shift(int by) => _last = _last?.ToDictionary(name => name.Key, name => name.Value + by, StringComparer.Ordinal);

    /// <summary>Names those in a member as they are named in the member itself.</summary>
    public void Enter(string member)
    {
        if (_last is null)
        {
            return;
        }
        string within = $"/{member}/";
        _last = _last
            .Where(name => name.Key.StartsWith(within, StringComparison.Ordinal))
            .ToDictionary(name => name.Key.Substring(within.Length - 1), name => name.Value, StringComparer.Ordinal);
    }
}
