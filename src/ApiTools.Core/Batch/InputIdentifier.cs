using System.Globalization;
using ApiTools.Errors;

namespace ApiTools.Batch;

/// <summary>
/// Tells the inputs of one run apart: by content, and among equals by which of them it is, so that an input that is put in or taken out shifts no
/// other; or by a key of the caller's. From one thread, in the order of the inputs.
/// </summary>
internal sealed class InputIdentifier(string fingerprint)
{
    private const int KeyDigits = 16;

    private const string Help = "Get-Help Invoke-ApiChat -Parameter KeyProperty";

    private readonly Dictionary<EntryId, int> _seen = [];
    private readonly HashSet<EntryId> _keys = [];

    /// <summary>The input that a request is.</summary>
    /// <param name="request">UTF-8 JSON, as it is sent.</param>
    /// <param name="customId">The name that it brings; null for one made of its content.</param>
    public JournalInput ByContent(ReadOnlySpan<byte> request, string? customId)
    {
        byte[] hash = CanonicalRequest.Hash(request);
        EntryId content = EntryId.OfContent(hash, 1);
        int occurrence = _seen.TryGetValue(content, out int before) ? before + 1 : 1;
        _seen[content] = occurrence;
        string hex = Digest.Hex(hash);
        string key = customId ?? hex.Substring(0, KeyDigits) + "-" + occurrence.ToString(CultureInfo.InvariantCulture);
        return new JournalInput(key, hex, occurrence, EntryId.OfContent(hash, occurrence));
    }

    /// <summary>The input with a key.</summary>
    /// <exception cref="ApiException">invalid_value: it is empty, or another input of this run has it.</exception>
    public JournalInput ByKey(string key, ReadOnlySpan<byte> request)
    {
        if (key.Length == 0)
        {
            throw ApiErrors.InvalidValue("KeyProperty", "An input has no key: the property that -KeyProperty names is empty.", Help);
        }
        EntryId id = EntryId.OfKey(fingerprint, key);
        if (!_keys.Add(id))
        {
            throw ApiErrors.InvalidValue("KeyProperty", $"Two inputs have the key '{key}': the property that -KeyProperty names has to tell them apart.", Help);
        }
        return new JournalInput(key, Digest.Hex(CanonicalRequest.Hash(request)), null, id);
    }
}
