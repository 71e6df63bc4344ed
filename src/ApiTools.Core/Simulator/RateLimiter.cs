namespace ApiTools.Simulator;

/// <summary>
/// Counts the chats and the tokens of a window, and lets no more through than it may hold. A window opens with the first chat that comes when
/// none is open, and is over after its length, however little came. Safe from any thread.
/// </summary>
internal sealed class RateLimiter(SimulatorOptions options)
{
    private readonly object _gate = new();
    private DateTimeOffset _end;
    private long _requests;
    private long _tokens;

    /// <summary>True where there is a limit at all.</summary>
    public bool IsOn { get; } = options.RequestLimit is not null || options.TokenLimit is not null;

    /// <summary>Counts a chat, unless a limit is met: then nothing is counted.</summary>
    /// <param name="tokens">The tokens of the chat and of its answer.</param>
    /// <param name="state">What is used, with this chat where it is let through.</param>
    /// <returns>The limit that it met; null where it is let through.</returns>
    public RateLimitKind? Take(long tokens, out RateState state)
    {
        lock (_gate)
        {
            DateTimeOffset now = options.Time.GetUtcNow();
            if (now >= _end)
            {
                (_end, _requests, _tokens) = (now + options.LimitWindow, 0, 0);
            }
            RateLimitKind? met = _requests + 1 > options.RequestLimit ? RateLimitKind.Requests
                : _tokens + tokens > options.TokenLimit ? RateLimitKind.Tokens
                : null;
            if (met is null)
            {
                _requests++;
                _tokens += tokens;
            }
            state = new(options.RequestLimit, _requests, options.TokenLimit, _tokens, _end - now);
            return met;
        }
    }

    /// <summary>What is used now.</summary>
    public RateState Look()
    {
        lock (_gate)
        {
            TimeSpan left = _end - options.Time.GetUtcNow();
            return left > TimeSpan.Zero
                ? new(options.RequestLimit, _requests, options.TokenLimit, _tokens, left)
                : new(options.RequestLimit, 0, options.TokenLimit, 0, TimeSpan.Zero);
        }
    }
}
