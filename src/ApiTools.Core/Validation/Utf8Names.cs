using System.Text;

namespace ApiTools.Validation;

/// <summary>A few names, to be found by their UTF-8 without a string being made: by length first, then byte for byte.</summary>
internal sealed class Utf8Names
{
    private readonly string[] _names;
    private readonly byte[][] _utf8;

    // By length: the indexes of the names that are that long.
    private readonly int[]?[] _byLength;

    public Utf8Names(IReadOnlyList<string> names)
    {
        _names = [.. names];
        _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];
        _byLength = new int[]?[_utf8.Length == 0 ? 0 : _utf8.Max(name => name.Length) + 1];
        for (int i = 0; i < _utf8.Length; i++)
        {
            _byLength[_utf8[i].Length] = [.. _byLength[_utf8[i].Length] ?? [], i];
        }
    }

    /// <summary>The name's index; -1 for none.</summary>
    public int IndexOf(ReadOnlySpan<byte> name)
    {
        if (name.Length < _byLength.Length && _byLength[name.Length] is int[] candidates)
        {
            foreach (int index in candidates)
            {
                if (name.SequenceEqual(_utf8[index]))
                {
                    return index;
                }
            }
        }
        return -1;
    }

    /// <summary>The name's index; -1 for none.</summary>
    public int IndexOf(string name)
    {
        // The names are ASCII: as many characters as bytes.
        if (name.Length < _byLength.Length && _byLength[name.Length] is int[] candidates)
        {
            foreach (int index in candidates)
            {
                if (_names[index] == name)
                {
                    return index;
                }
            }
        }
        return -1;
    }
}
