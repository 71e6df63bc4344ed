using System.Text;

namespace ApiTools.Errors;

/// <summary>
/// The words that services write again and again in the place of a code, a type or a parameter: one string for all, so that an error need make none of them.
/// </summary>
internal static class KnownWords
{
    private const int Slots = 1024;

    /// <summary>All of them, in the order in which they are preferred. None holds a secret, as a test makes sure.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. ApiErrorCatalog.Documented.Select(info => info.Code),
        .. ServiceCodes.All.Select(known => known.Code),
        .. MereTypes.All,
        "model", "messages", "prompt", "max_tokens", "temperature", "content_filter",
    ];

    // By what tells most of them apart: the word that came first.
    private static readonly (byte[] Written, string Word)[] BySlot = MakeSlots();

    /// <summary>The word that is written there; null for any other.</summary>
    public static string? Find(ReadOnlySpan<byte> written)
    {
        if (written.IsEmpty)
        {
            return null;
        }
        ref readonly (byte[] Written, string Word) slot = ref BySlot[Slot(written)];
        return written.SequenceEqual(slot.Written) ? slot.Word : null;
    }

    /// <summary>True for a string that <see cref="Find"/> has given.</summary>
    public static bool IsOne(string text) =>
        text.Length > 0 && ReferenceEquals(text, BySlot[Slot(text.Length, text[0], text[text.Length >> 1], text[text.Length - 1])].Word);

    private static int Slot(ReadOnlySpan<byte> written) => Slot(written.Length, written[0], written[written.Length >> 1], written[written.Length - 1]);

    private static int Slot(int length, int first, int middle, int last) => ((length * 37) ^ (first * 5) ^ (middle * 19) ^ (last << 1)) & (Slots - 1);

    private static (byte[] Written, string Word)[] MakeSlots()
    {
        (byte[], string)[] slots = new (byte[], string)[Slots];
        foreach (string word in All.Reverse())
        {
            byte[] written = Encoding.UTF8.GetBytes(word);
            slots[Slot(written)] = (written, word);
        }
        return slots;
    }
}
