using System.Text;
using System.Text.Json;

namespace ApiTools.Errors;

/// <summary>The members of an object that have a known name, found in one pass. The first of a name counts.</summary>
internal readonly ref struct ErrorFields
{
    /// <summary>How many names are known.</summary>
    public const int Count = (int)ErrorField.PromptTokens + 1;

    private static readonly string[] Names =
    [
        "error", "fault", "choices", "errors", "detail", "details", "metadata", "innererror", "inner_error", "provider_specific_fields",
        "message", "msg", "error_description", "error_message", "error_msg", "errorMessage", "faultstring", "title",
        "code", "error_code", "errorCode",
        "type", "error_type", "errorType", "__type",
        "status", "statusCode", "status_code",
        "request_id", "requestId", "id",
        "param", "reason",
        "retry_after", "retryAfter", "retry_after_ms", "estimated_time",
        "n_ctx", "n_prompt_tokens",
    ];

    private static readonly byte[][] Written = [.. Names.Select(Encoding.UTF8.GetBytes)];

    // By length and first letter, so that most names are told apart without being looked at: the last of the names that have them, and for each name the
    // one before it; from 1, 0 for none.
    private const int Lengths = 32;
    private static readonly byte[] LastByKey = new byte[Lengths * Lengths];
    private static readonly byte[] Before = Chain(LastByKey);

    private readonly ErrorTree _tree;
    private readonly Span<int> _found;

    // A bit for each that is there.
    private readonly ulong _present;

    /// <summary>Finds the members of an object.</summary>
    /// <param name="tree">The body.</param>
    /// <param name="firstChild">The object's first member; 0 for none.</param>
    /// <param name="found">Room for <see cref="Count"/> places.</param>
    public ErrorFields(ErrorTree tree, int firstChild, Span<int> found)
    {
        _tree = tree;
        _found = found;
        ulong present = 0;
        for (int child = firstChild; child != 0; child = tree[child].Next)
        {
            int field = Find(tree.NameBytes(child));
            if (field >= 0 && (present >> field & 1) == 0)
            {
                found[field] = child;
                present |= 1UL << field;
            }
        }
        _present = present;
    }

    /// <summary>That member; null where there is none.</summary>
    public ErrorNode? this[ErrorField field] => Has(field) ? At(field) : null;

    /// <summary>That member, which there has to be.</summary>
    public ErrorNode At(ErrorField field) => new(_tree, _found[(int)field]);

    /// <summary>True where there is that member.</summary>
    public bool Has(ErrorField field) => (_present >> (int)field & 1) != 0;

    /// <summary>True where there is one of those from one to another, both among them.</summary>
    public bool HasAny(ErrorField first, ErrorField last) => (_present >> (int)first & ((2UL << (last - first)) - 1)) != 0;

    /// <summary>The string at that name; null for anything else.</summary>
    public string? String(ErrorField field) => Has(field) && _tree[_found[(int)field]].Kind == JsonTokenType.String ? _tree.Text(_found[(int)field]) : null;

    /// <summary>The string at that name, which is a known word more often than not; null for anything else.</summary>
    public string? Word(ErrorField field) => Has(field) && _tree[_found[(int)field]].Kind == JsonTokenType.String ? _tree.Word(_found[(int)field]) : null;

    /// <summary>The string or number at that name as text, which is a known word more often than not; null for anything else.</summary>
    public string? Scalar(ErrorField field) =>
        Has(field) && _tree[_found[(int)field]].Kind is JsonTokenType.String or JsonTokenType.Number ? _tree.Word(_found[(int)field]) : null;

    // Which of the names it is; negative for none.
    private static int Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name.Length >= Lengths)
        {
            return -1;
        }
        int field = LastByKey[Key(name.Length, name[0])];
        while (field != 0 && !ErrorTree.IsName(name, Written[field - 1]))
        {
            field = Before[field - 1];
        }
        return field - 1;
    }

    // A letter in any case has the same five bits.
    private static int Key(int length, byte first) => (length * Lengths) + (first & (Lengths - 1));

    private static byte[] Chain(byte[] lastByKey)
    {
        byte[] before = new byte[Count];
        for (int field = 0; field < Count; field++)
        {
            ref byte last = ref lastByKey[Key(Written[field].Length, Written[field][0])];
            before[field] = last;
            last = (byte)(field + 1);
        }
        return before;
    }
}
