using ApiTools.Http;

namespace ApiTools.Chat;

/// <summary>Is told what happens while a call runs. Each method may make the call wait: that is the backpressure.</summary>
internal interface IChatObserver
{
    /// <summary>Whether text is wanted as it comes.</summary>
    bool WantsText { get; }

    /// <summary>New text of the first choice of a stream.</summary>
    ValueTask TextAsync(string text);

    /// <summary>The answer, a part of which had come, begins anew: what was shown of it is void.</summary>
    ValueTask RestartingAsync(ApiException error);

    /// <summary>A wait before the next try: at its start, each second, and with zero left at its end.</summary>
    ValueTask WaitingAsync(RetryWait wait, TimeSpan left);
}
