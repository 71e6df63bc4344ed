namespace ApiTools.Tokens;

/// <summary>
/// Byte-pair encoding as its definition says it: of all neighbours that make a token together, those that make the lowest become one, the
/// leftmost first, until none do. What counts and encodes for real is <see cref="BpeEngine"/>; the tests compare the two.
/// </summary>
internal sealed class PlainBpe
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    public PlainBpe(Vocabulary vocabulary)
    {
        for (int id = 0; id < vocabulary.Count; id++)
        {
            _ids.Add(Text(vocabulary.Bytes(id)), id);
        }
    }

    /// <summary>The tokens of what the pre-tokenizer gives as one.</summary>
    public List<int> Encode(ReadOnlySpan<byte> preToken)
    {
        string text = Text(preToken);
        if (_ids.TryGetValue(text, out int whole))
        {
            return [whole];
        }
        List<string> parts = [.. text.Select(one => one.ToString())];
        while (true)
        {
            int best = int.MaxValue;
            int at = -1;
            for (int i = 0; i + 1 < parts.Count; i++)
            {
                if (_ids.TryGetValue(parts[i] + parts[i + 1], out int id) && id < best)
                {
                    best = id;
                    at = i;
                }
            }
            if (at < 0)
            {
                return parts.ConvertAll(part => _ids[part]);
            }
            parts[at] += parts[at + 1];
            parts.RemoveAt(at + 1);
        }
    }

    // A char for each byte: a key that a dictionary can compare.
    private static string Text(ReadOnlySpan<byte> bytes)
    {
        char[] chars = new char[bytes.Length];
        for (int i = 0; i < chars.Length; i++)
        {
            chars[i] = (char)bytes[i];
        }
        return new string(chars);
    }
}
