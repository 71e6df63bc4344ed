using ApiTools.Tokens;
using ApiTools.Validation;

namespace ApiTools.Measuring;

/// <summary>Measures texts, files and conversations: exactly where the encoding is known, else by the page's estimate. May be used by several threads.</summary>
internal sealed class TokenMeasurer(TokenCountOptions options)
{
    private long _bytesRead;

    /// <summary>How many bytes of files were measured so far.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Measures a text.</summary>
    /// <exception cref="ApiException">The exact count is asked for, and the encoding is not known.</exception>
    public TokenMeasure Measure(string text)
    {
        string? model = options.Model ?? options.DefaultModel;
        TokenTally tally = TokenEstimator.Tally(text.AsSpan());
        return Choose(model) is TokenEncoding encoding
            ? Create(model, encoding, tally, encoding.Count(text.AsSpan(), options.AllowSpecial), null)
            : Create(model, null, tally, tally.Tokens, null);
    }

    /// <summary>Measures a file, piece by piece.</summary>
    /// <exception cref="ApiException">file_not_found or file_unreadable; or the encoding is not known.</exception>
    public Task<TokenMeasure> MeasureFileAsync(string path, CancellationToken cancellationToken) =>
        MeasureAsync(take => TextFile.ReadAsync(path, take, cancellationToken), path);

    /// <summary>Measures bytes, as if they stood in a file.</summary>
    /// <exception cref="ApiException">invalid_value: they are no text; or the encoding is not known.</exception>
    public Task<TokenMeasure> MeasureBytesAsync(byte[] bytes, CancellationToken cancellationToken) =>
        MeasureAsync(take => TextFile.ReadAsync(bytes, take, cancellationToken), null);

    /// <summary>Measures a request: its messages, its tools, the schema of its answer.</summary>
    /// <exception cref="ApiException">The exact count is asked for, and the encoding is not known.</exception>
    public TokenMeasure MeasureRequest(RequestParts request)
    {
        string? model = options.Model ?? request.Model ?? options.DefaultModel;
        TokenTally tally = ConversationText.Tally(request["messages"]);
        long answer = options.MaxTokens ?? request.Answer;
        if (Choose(model) is not TokenEncoding encoding)
        {
            return Create(model, null, tally, tally.Tokens, null, answer, Shares(request["messages"]));
        }
        ConversationCounter counter = new(encoding, model);
        counter.AddMessages(request["messages"]);
        counter.AddTools(request["tools"], "tools");
        counter.AddTools(request["functions"], "functions");
        counter.AddResponseFormat(request["response_format"]);
        ConversationCount count = counter.Finish();
        return Create(model, encoding, tally, count.Tokens, null, answer, count.Parts, count);
    }

    private async Task<TokenMeasure> MeasureAsync(Func<Action<ReadOnlyMemory<byte>>, Task> read, string? source)
    {
        string? model = options.Model ?? options.DefaultModel;
        TokenEncoding? encoding = Choose(model);
        TokenCounter? counter = encoding is null ? null : new TokenCounter(encoding, options.AllowSpecial);
        TokenTally tally = default;
        await read(piece =>
        {
            tally.AddUtf8(piece.Span);
            counter?.Add(piece.Span);
            Interlocked.Add(ref _bytesRead, piece.Length);
        }).ConfigureAwait(false);
        return Create(model, encoding, tally, counter?.Complete() ?? tally.Tokens, source);
    }

    private TokenEncoding? Choose(string? model) => options.Method switch
    {
        TokenMethod.Estimate => null,
        TokenMethod.Exact => EncodingChoice.Get(model, options.Encoding),
        _ => EncodingChoice.Find(model, options.Encoding),
    };

    private TokenMeasure Create(
        string? model,
        TokenEncoding? encoding,
        TokenTally tally,
        long tokens,
        string? source,
        long? answer = null,
        MessageTokens[]? messages = null,
        ConversationCount? count = null) => new(model)
        {
            Tokens = tokens,
            Method = encoding is not null && count?.IsExact != false ? TokenMethod.Exact : TokenMethod.Estimate,
            Encoding = encoding?.Name ?? ModelEncodings.Find(model),
            Characters = tally.Characters,
            Bytes = tally.Bytes,
            MaxTokens = answer ?? options.MaxTokens ?? 0,
            Source = source,
            Messages = messages ?? [],
            Notes = count?.Notes ?? [],
            Gaps = count?.Gaps ?? [],
        };

    // Each is rounded down for itself: together they may be less than the estimate of the whole.
    private static MessageTokens[] Shares(JsonSlice messages)
    {
        List<MessageTokens> shares = [];
        JsonChildren items = messages.Children();
        while (items.MoveNext())
        {
            JsonSlice role = items.Value.Member("role"u8);
            shares.Add(new MessageTokens($"messages[{items.Index}]", items.Index, role.Type == System.Text.Json.JsonTokenType.String ? role.GetString() : null)
            {
                Text = ConversationText.TallyMessage(items.Value).Tokens,
            });
        }
        return [.. shares];
    }
}
