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

    // By their length, so that most names are told apart without being looked at.
    private static readonly ErrorField[][] ByLength =
    [
        .. Enumerable.Range(0, Names.Max(name => name.Length) + 1)
            .Select(length => Enumerable.Range(0, Count).Where(field => Names[field].Length == length).Select(field => (ErrorField)field).ToArray()),
    ];

    private readonly ErrorTree _tree;
    private readonly Span<int> _found;

    // A bit for each that is there.
    private readonly ulong _present;

    /// <summary>Finds the members of an object.</summary>
    /// <param name="tree">The body.</param>
    /// <param name="firstChild">The object's first member; 0 for none.</param>
    /// <param name="found">Room for <see cref="Count"/> places, all zero.</param>
    public ErrorFields(ErrorTree tree, int firstChild, Span<int> found)
    {
        _tree = tree;
        _found = found;
        for (int child = firstChild; child != 0; child = tree[child].Next)
        {
            foreach (ErrorField field in Candidates(tree, child))
            {
                if (found[(int)field] == 0 && tree.HasName(child, Names[(int)field]))
                {
                    found[(int)field] = child;
                    _present |= 1UL << (int)field;
                    break;
                }
            }
        }
    }

    /// <summary>That member; null where there is none.</summary>
    public ErrorNode? this[ErrorField field] => _found[(int)field] is > 0 and int index ? new ErrorNode(_tree, index) : null;

    /// <summary>True where there is one of those from one to another, both among them.</summary>
    public bool HasAny(ErrorField first, ErrorField last) => (_present >> (int)first & ((2UL << (last - first)) - 1)) != 0;

    /// <summary>The string at that name; null for anything else.</summary>
    public string? String(ErrorField field) => this[field] is { Kind: System.Text.Json.JsonTokenType.String } member ? member.Text : null;

    private static ErrorField[] Candidates(ErrorTree tree, int child)
    {
        ref readonly ErrorRow row = ref tree[child];
        int length = row.IsNameEscaped ? tree.Name(child).Length : row.NameLength;
        return length < ByLength.Length ? ByLength[length] : [];
    }
}
