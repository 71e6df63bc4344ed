using ApiTools.Tokens;
using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>The tokens of the model's own encoding. Each message is counted once, however often it is asked for.</summary>
internal sealed class ExactTokenCount(TokenEncoding encoding, string? model) : ITokenCount
{
    private readonly Dictionary<int, long> _known = [];
    private readonly List<string> _gaps = [];

    /// <inheritdoc/>
    public bool IsExact { get; private set; } = true;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Gaps => _gaps;

    public long Count(IEnumerable<JsonSlice> messages)
    {
        long tokens = ChatFormat.Reply;
        foreach (JsonSlice message in messages)
        {
            if (!_known.TryGetValue(message.Start, out long count))
            {
                count = CountMessage(message);
                _known.Add(message.Start, count);
            }
            tokens += count;
        }
        return tokens;
    }

    public long CountTools(IEnumerable<JsonSlice> definitions)
    {
        ConversationCounter counter = new(encoding, model);
        foreach (JsonSlice definition in definitions)
        {
            counter.AddTools(definition, "tools");
        }
        return Take(counter);
    }

    private long CountMessage(JsonSlice message)
    {
        ConversationCounter counter = new(encoding, model);
        counter.AddMessage(message, 0);
        return Take(counter);
    }

    private long Take(ConversationCounter counter)
    {
        ConversationCount count = counter.Finish();
        IsExact &= count.IsExact;
        _gaps.AddRange(count.Gaps.Except(_gaps, StringComparer.Ordinal));
        return count.Tokens - ChatFormat.Reply;
    }
}
