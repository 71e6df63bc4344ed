using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>The members of a request that its length depends on; of one that is given twice the last, as for most readers of JSON.</summary>
internal sealed class RequestParts
{
    private readonly Dictionary<string, JsonSlice> _members = new(StringComparer.Ordinal);

    private RequestParts(JsonSlice request)
    {
        if (request.Type == JsonTokenType.StartArray)
        {
            _members["messages"] = request;
        }
        JsonChildren members = request.Children();
        while (request.Type == JsonTokenType.StartObject && members.MoveNext())
        {
            if (members.Name is "model" or "messages" or "tools" or "functions" or "response_format" or "max_tokens" or "max_completion_tokens")
            {
                _members[members.Name] = members.Value;
            }
        }
        string? limit = Has("max_completion_tokens") ? "max_completion_tokens" : Has("max_tokens") ? "max_tokens" : null;
        // The newer name counts where both are given, as at OpenAI.
        LimitName = limit ?? "max_tokens";
        Answer = limit is not null && this[limit] is { Type: JsonTokenType.Number } value && value.TryGetInt64(out long number) ? Math.Max(0, number) : 0;
    }

    /// <summary>The name under which it says how long the answer may be.</summary>
    public string LimitName { get; }

    /// <summary>How long the answer may be, in tokens; 0 where it does not say.</summary>
    public long Answer { get; }

    /// <summary>The model; null where it names none.</summary>
    public string? Model => this["model"] is { Type: JsonTokenType.String } model ? model.GetString() : null;

    /// <summary>A member; one that is not there has no type.</summary>
    public JsonSlice this[string name] => _members.TryGetValue(name, out JsonSlice value) ? value : default;

    /// <summary>Reads a request, or an array of messages alone; null where it is neither.</summary>
    public static RequestParts? Read(ReadOnlyMemory<byte> utf8Json)
    {
        // The tape is not given back: what is returned walks it.
        if (JsonSyntax.Read(utf8Json, new FindingList(), firstLine: 1) is not JsonTape tape)
        {
            return null;
        }
        RequestParts parts = new(tape.Root);
        return parts["messages"].Type == JsonTokenType.StartArray ? parts : null;
    }

    private bool Has(string name) => this[name].Type is not (JsonTokenType.None or JsonTokenType.Null);
}
