using ApiTools.Text;

namespace ApiTools.Diagnostics;

/// <summary>Keeps the names that the lines of a log repeat (models, hosts, codes), so that each is one string. A name that another displaces is made anew.</summary>
internal sealed class LogNames
{
    private const int Places = 128;
    private const int LongestName = 64;

    private readonly (byte[] Utf8, string Text, IReadOnlyList<string> Alone)[] _names = new (byte[], string, IReadOnlyList<string>)[Places];

    /// <summary>The text of these bytes, which hold no escape.</summary>
    public string Get(ReadOnlySpan<byte> utf8) => utf8.Length > LongestName ? Utf8Text.Read(utf8) : Find(utf8).Text;

    /// <summary>A list of that text alone.</summary>
    public IReadOnlyList<string> GetList(ReadOnlySpan<byte> utf8) => utf8.Length > LongestName ? [Utf8Text.Read(utf8)] : Find(utf8).Alone;

    private (byte[] Utf8, string Text, IReadOnlyList<string> Alone) Find(ReadOnlySpan<byte> utf8)
    {
        ref (byte[] Utf8, string Text, IReadOnlyList<string> Alone) place = ref _names[Place(utf8)];
        if (place.Text is null || !utf8.SequenceEqual(place.Utf8))
        {
            string text = Utf8Text.Read(utf8);
            place = (utf8.ToArray(), text, ReadableList<string>.Of([text]));
        }
        return place;
    }

    private static int Place(ReadOnlySpan<byte> utf8)
    {
        // Names of models differ at their ends.
        uint hash = (uint)utf8.Length;
        for (int i = 0; i < utf8.Length; i++)
        {
            hash = (hash * 31) + utf8[i];
        }
        return (int)(hash % Places);
    }
}
