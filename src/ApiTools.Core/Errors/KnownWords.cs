using System.Text;

namespace ApiTools.Errors;

/// <summary>
/// The words that services write again and again in the place of a code, a type or a parameter: one string for all, so that an error need make none of them.
/// </summary>
internal static class KnownWords
{
    private const int Slots = 1024;

    private static readonly string[] Words =
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

    private static int Slot(ReadOnlySpan<byte> written) =>
        ((written.Length * 37) ^ (written[0] * 5) ^ (written[written.Length >> 1] * 19) ^ (written[written.Length - 1] << 1)) & (Slots - 1);

    private static (byte[] Written, string Word)[] MakeSlots()
    {
        (byte[], string)[] slots = new (byte[], string)[Slots];
        foreach (string word in Enumerable.Reverse(Words))
        {
            byte[] written = Encoding.UTF8.GetBytes(word);
            slots[Slot(written)] = (written, word);
        }
        return slots;
    }
}
